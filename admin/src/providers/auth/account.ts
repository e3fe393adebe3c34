import type { DataProvider } from '@refinedev/core';
import { z } from 'zod';

export const roles = ['coach', 'admin', 'compliance', 'operator', 'auditor'] as const;
export type Role = (typeof roles)[number];

const profileRow = z.object({
  id: z.uuid(),
  subject: z.string(),
  role: z.enum(roles),
  display_name: z.string().nullable(),
  email: z.string().nullish(),
});

/** The signed-in person, as the database knows them. */
export type Account = { id: string; subject: string; role: Role; name: string; email: string | undefined };

/**
 * Reports for work: creates or refreshes the caller's profile from the verified claims.
 * @throws ApiError, 403 `auth.suspended` for a suspended account.
 */
export async function enter(dataProvider: DataProvider): Promise<Account> {
  if (!dataProvider.custom) throw new Error('The data provider calls no functions');
  const { data } = await dataProvider.custom({ url: 'rpc/sign_in', method: 'post', payload: {} });
  const profile = profileRow.parse(data);
  return {
    id: profile.id,
    subject: profile.subject,
    role: profile.role,
    name: profile.display_name ?? profile.email ?? profile.subject,
    email: profile.email ?? undefined,
  };
}
