import { useDataProvider } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';

const uploadQuota = z.object({
  uploads_per_day: z.int(),
  uploads_left: z.int(),
  next_at: z.iso.datetime({ offset: true }).nullable(),
});
export type UploadQuota = z.output<typeof uploadQuota>;

/**
 * The coach's quota of the rolling 24 hours; undefined until it is known, for the server refuses by itself.
 * @param signature changes whenever an upload has begun or ended
 */
export function useUploadQuota(signature: string): UploadQuota | undefined {
  const dataProvider = useDataProvider()();
  const { data } = useQuery({
    queryKey: ['upload-quota', signature],
    queryFn: async () => {
      if (!dataProvider.custom) throw new Error('The data provider calls no functions');
      const answer = await dataProvider.custom({ url: 'rpc/upload_quota', method: 'get' });
      return uploadQuota.parse(answer.data);
    },
    placeholderData: (before) => before,
    refetchInterval: 60_000,
  });
  return data;
}
