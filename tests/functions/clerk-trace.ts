/** An event of Clerk: its message id is unique, its time is its own. */
export type ClerkEvent = { id: string; type: string; data: Record<string, unknown>; at: Date };

const emailOf = (address: string, id = 'idn_1') => ({ id, object: 'email_address', email_address: address });

/** A person in Clerk's shape. Source: https://clerk.com/docs/guides/development/webhooks/overview */
export const personOf = (
  subject: string,
  {
    first,
    last,
    email,
    updatedAt,
  }: { first: string | null; last: string | null; email: string | null; updatedAt: Date },
): Record<string, unknown> => ({
  id: subject,
  object: 'user',
  first_name: first,
  last_name: last,
  // The primary address is the one that is named, not the first.
  email_addresses: [emailOf('old.address@example.com', 'idn_0'), ...(email === null ? [] : [emailOf(email)])],
  primary_email_address_id: email === null ? null : 'idn_1',
  phone_numbers: [],
  public_metadata: { role: 'mm_admin' },
  created_at: updatedAt.getTime() - 60_000,
  updated_at: updatedAt.getTime(),
});

/** What Clerk tells of a person who changes their name and address and signs out; `deleted`: and is deleted after that. */
export function personTrace(subject: string, sessionId: string, { deleted = false } = {}): ClerkEvent[] {
  const from = Date.now() + 60_000;
  const at = (seconds: number) => new Date(from + seconds * 1000);
  const person = (first: string, email: string | null, seconds: number) =>
    personOf(subject, { first, last: 'Hart', email, updatedAt: at(seconds) });
  const session = { id: sessionId, object: 'session', user_id: subject, client_id: 'client_1' };
  const told: [type: string, data: Record<string, unknown>, seconds: number][] = [
    ['user.created', person('Amelia', 'amelia.hart@example.com', 0), 0],
    ['session.created', { ...session, status: 'active' }, 1],
    ['user.updated', person('Amelia Jane', 'amelia.hart@example.com', 2), 2],
    ['user.updated', person('Amelia Jane', 'a.j.hart@example.com', 3), 3],
    // Twice in the same millisecond.
    ['user.updated', person('Amy', 'a.j.hart@example.com', 4), 4],
    ['user.updated', person('Amelia', 'a.j.hart@example.com', 4), 4],
    ['session.ended', { ...session, status: 'ended' }, 5],
    ['session.removed', { ...session, status: 'removed' }, 6],
    ...(deleted
      ? ([['user.deleted', { id: subject, object: 'user', deleted: true }, 7]] as [
          string,
          Record<string, unknown>,
          number,
        ][])
      : []),
  ];
  return told.map(([type, data, seconds], index) => ({ id: `msg_${subject}_${index}`, type, data, at: at(seconds) }));
}

/** The bytes that Clerk would sign. */
export function bodyOf({ type, data, at }: ClerkEvent): Buffer {
  return Buffer.from(
    JSON.stringify({
      data,
      event_attributes: { http_request: { client_ip: '192.0.2.1', user_agent: 'Firefox' } },
      instance_id: 'ins_1',
      object: 'event',
      timestamp: at.getTime(),
      type,
    }),
  );
}
