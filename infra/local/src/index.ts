export { findFreePort, isPortFree } from './free-port.ts';
export { type Identity, type IdentityOptions, startIdentity } from './identity/index.ts';
export { PERSONAS, type Persona, type PersonaKey } from './identity/personas.ts';
export { type Mailbox, type MailboxOptions, startMailbox } from './mailbox/index.ts';
export { makeSampleClip, type SampleClip } from './media/sample-clip.ts';
export { type MuxDouble, type MuxDoubleOptions, startMuxDouble } from './mux/index.ts';
export { type Postgres, type PostgresOptions, randomPassword, startPostgres } from './postgres.ts';
export { type Postgrest, type PostgrestOptions, startPostgrest } from './postgrest.ts';
