import { type HttpError, useCustom } from '@refinedev/core';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { foundRow } from './found.ts';

const typingMs = 200;

/** What the server finds for what is typed, once typing pauses. */
export function useFound(typed: string, isOffered: boolean) {
  const [words, setWords] = useState('');
  const wanted = typed.trim();
  useEffect(() => {
    const timer = setTimeout(() => setWords(wanted), typingMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const asks = isOffered && words.length >= 2;
  const { query } = useCustom<unknown[], HttpError>({
    url: 'rpc/search',
    method: 'post',
    config: { payload: { words } },
    meta: { many: true },
    queryOptions: { enabled: asks, staleTime: 10_000 },
    errorNotification: false,
  });
  const rows = asks && words === wanted ? z.array(foundRow).safeParse(query.data?.data).data : undefined;
  return {
    found: rows ?? [],
    isSearching: isOffered && wanted.length >= 2 && (words !== wanted || query.isFetching),
    failure: asks ? query.error?.message : undefined,
  };
}
