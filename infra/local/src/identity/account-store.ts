import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';
import type { Persona } from './personas.ts';

const accountSchema = z.object({
  subject: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(['coach', 'admin', 'compliance', 'operator', 'auditor']),
  may: z.string(),
  invitation: z.string().optional(),
});

/** The accounts that people made by accepting an invitation, kept on disk. */
export class AccountStore {
  readonly #path: string;
  readonly #accounts: Persona[];

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'accounts.json');
    const stored = z.array(accountSchema).safeParse(readJson(this.#path) ?? []);
    if (!stored.success) throw new Error(`${this.#path} holds no list of accounts. Remove it to start without any.`);
    this.#accounts = stored.data.map(({ invitation, ...account }) =>
      invitation === undefined ? account : { ...account, invitation },
    );
  }

  get all(): readonly Persona[] {
    return this.#accounts;
  }

  add(person: Omit<Persona, 'subject' | 'may'>): Persona {
    const account: Persona = {
      ...person,
      subject: `user_${randomBytes(12).toString('hex')}`,
      may: 'Came here by an invitation.',
    };
    this.#accounts.push(account);
    replaceJson(this.#path, this.#accounts);
    return account;
  }
}
