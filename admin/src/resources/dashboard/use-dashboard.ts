import { useMemo } from 'react';
import type { z } from 'zod';
import { ownZone } from '../../time/zone.ts';
import { useRowsOf } from '../use-rows-of.ts';

const pollMs = 60_000;

/** The one row of a dashboard, read again every minute. */
export function useDashboard<Row>(name: string, schema: z.ZodType<Row>, { byDays = true } = {}) {
  const args = useMemo((): Record<string, unknown> => (byDays ? { time_zone: ownZone() } : {}), [byDays]);
  const { rows, error, isLoading, refetch } = useRowsOf(name, schema, { args, pollMs });
  return { row: rows?.[0], error, isLoading, refetch };
}
