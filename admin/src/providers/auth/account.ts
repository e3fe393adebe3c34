import type { DataProvider } from '@refinedev/core';
import { z } from 'zod';
import { adoptSettings, densities, languages } from '../../settings/settings.ts';

export const roles = ['coach', 'admin', 'compliance', 'operator', 'auditor'] as const;
export type Role = (typeof roles)[number];

const profileRow = z.object({
  id: z.uuid(),
  subject: z.string(),
  role: z.enum(roles),
  display_name: z.string().nullable(),
  email: z.string().nullish(),
});

/** What `api.my_preferences` keeps of how the back office shows itself. */
const storedSettings = z
  .object({
    time_zone: z.string().nullable(),
    language: z.enum(languages).nullable().catch(null),
    density: z.enum(densities),
  })
  .transform(({ time_zone, language, density }) => ({
    timeZone: time_zone ?? undefined,
    language: language ?? undefined,
    density,
  }));

/** The signed-in person, as the database knows them. */
export type Account = { id: string; subject: string; role: Role; name: string; email: string | undefined };

/**
 * Reports for work: creates or refreshes the caller's profile from the verified claims.
 * @throws ApiError, 403 `auth.suspended` for a suspended account.
 */
export async function enter(dataProvider: DataProvider): Promise<Account> {
  if (!dataProvider.custom) throw new Error('The data provider calls no functions');
  const [{ data }] = await Promise.all([
    dataProvider.custom({ url: 'rpc/sign_in', method: 'post', payload: {} }),
    followSettings(dataProvider),
  ]);
  const profile = profileRow.parse(data);
  return {
    id: profile.id,
    subject: profile.subject,
    role: profile.role,
    name: profile.display_name ?? profile.email ?? profile.subject,
    email: profile.email ?? undefined,
  };
}

/** Shows everything as the person chose at whichever device. Where that cannot be read, it stays as it was here. */
async function followSettings(dataProvider: DataProvider): Promise<void> {
  const reading = dataProvider.getList({
    resource: 'my_preferences',
    pagination: { mode: 'off' },
    meta: { count: 'none' },
  });
  const stored = await reading.then(({ data }) => storedSettings.safeParse(data[0]).data).catch(() => undefined);
  // A language is loaded before anything else is: nothing has been typed yet.
  if (stored && adoptSettings(stored)) globalThis.location.reload();
}
