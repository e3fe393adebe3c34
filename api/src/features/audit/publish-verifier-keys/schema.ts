import { z } from 'zod';

export const publishVerifierKeysAnswer = z.string().describe('Verifier keys: docs/reference/audit-log-format.md.');
