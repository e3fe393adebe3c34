import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';

const invitationSchema = z.object({
  id: z.string(),
  /** SHA-256 of the link's ticket, hex: the file alone lets nobody in. */
  ticketHash: z.string(),
  email: z.string(),
  publicMetadata: z.record(z.string(), z.unknown()),
  redirectUrl: z.string().optional(),
  state: z.enum(['pending', 'accepted', 'revoked']),
  /** Milliseconds since 1970, as all times here. */
  createdAt: z.number(),
  updatedAt: z.number(),
  expiresAt: z.number(),
});

export type Invitation = z.infer<typeof invitationSchema>;
export type InvitationStatus = Invitation['state'] | 'expired';

const DAY_MS = 86_400_000;

/** Invitations as Clerk keeps them, on disk. */
export class InvitationStore {
  readonly #path: string;
  readonly #now: () => number;
  readonly #invitations: Map<string, Invitation>;

  constructor(dataDir: string, now: () => number = () => Date.now()) {
    this.#path = join(dataDir, 'invitations.json');
    this.#now = now;
    const stored = z.array(invitationSchema).safeParse(readJson(this.#path) ?? []);
    if (!stored.success) throw new Error(`${this.#path} holds no list of invitations. Remove it to start without any.`);
    this.#invitations = new Map(stored.data.map((invitation) => [invitation.id, invitation]));
  }

  /** Newest first. */
  get all(): Invitation[] {
    return [...this.#invitations.values()].sort((a, b) => b.createdAt - a.createdAt);
  }

  statusOf({ state, expiresAt }: Invitation): InvitationStatus {
    return state === 'pending' && expiresAt <= this.#now() ? 'expired' : state;
  }

  find(id: string): Invitation | undefined {
    return this.#invitations.get(id);
  }

  /** The invitation that a link's ticket belongs to. */
  ofTicket(ticket: string): Invitation | undefined {
    const ticketHash = hash(ticket);
    return this.all.find((invitation) => invitation.ticketHash === ticketHash);
  }

  /** Makes one. Its ticket is returned once and not kept. */
  add(given: Pick<Invitation, 'email' | 'publicMetadata'> & { redirectUrl?: string | undefined; days: number }): {
    invitation: Invitation;
    ticket: string;
  } {
    const ticket = randomBytes(32).toString('base64url');
    const now = this.#now();
    const invitation: Invitation = {
      id: `inv_${randomBytes(12).toString('hex')}`,
      ticketHash: hash(ticket),
      email: given.email,
      publicMetadata: given.publicMetadata,
      ...(given.redirectUrl === undefined ? {} : { redirectUrl: given.redirectUrl }),
      state: 'pending',
      createdAt: now,
      updatedAt: now,
      expiresAt: now + given.days * DAY_MS,
    };
    this.#keep(invitation);
    return { invitation, ticket };
  }

  settle(invitation: Invitation, state: 'accepted' | 'revoked'): Invitation {
    const settled: Invitation = { ...invitation, state, updatedAt: this.#now() };
    this.#keep(settled);
    return settled;
  }

  #keep(invitation: Invitation): void {
    this.#invitations.set(invitation.id, invitation);
    replaceJson(this.#path, [...this.#invitations.values()]);
  }
}

function hash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
