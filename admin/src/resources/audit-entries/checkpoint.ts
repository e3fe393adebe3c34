import { useQuery } from '@tanstack/react-query';
import { useServices } from '../../config/services.ts';

/** What a checkpoint says (docs/reference/audit-log-format.md): its size is the number of batches it covers. */
export type Checkpoint = { size: number; entries: number; signedAt: string };

const count = /^(?:0|[1-9]\d{0,14})$/;

/**
 * Reads the signed note of a checkpoint. Nothing is verified here: the page shows what the server says, and who doubts it
 * checks an export.
 * @returns undefined for anything else
 */
export function readCheckpoint(note: string): Checkpoint | undefined {
  const [origin, size, root, entries, time] = note.split('\n');
  const [entriesWord, entryCount = ''] = entries?.split(' ') ?? [];
  const [timeWord, signedAt = ''] = time?.split(' ') ?? [];
  const whole = origin && root && entriesWord === 'entries' && timeWord === 'time';
  if (!whole || !count.test(size ?? '') || !count.test(entryCount) || Number.isNaN(Date.parse(signedAt)))
    return undefined;
  return { size: Number(size), entries: Number(entryCount), signedAt };
}

export const checkpointUrl = '/.well-known/audit-checkpoint';

/** The newest checkpoint; `data` is null before the first one. */
export function useNewestCheckpoint() {
  const { api } = useServices();
  return useQuery({
    queryKey: ['audit-checkpoint'],
    queryFn: async ({ signal }) => {
      const note = await api.auditCheckpoint(signal);
      if (note === null) return null;
      const checkpoint = readCheckpoint(note);
      if (!checkpoint) throw new Error('The newest checkpoint is not one that this page understands');
      return checkpoint;
    },
    refetchInterval: 30_000,
  });
}
