import { z } from 'zod';

export const publishCheckpointAnswer = z.string().describe('A signed note: docs/reference/audit-log-format.md.');
