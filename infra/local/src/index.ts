export { findFreePort, isPortFree } from './free-port.ts';
export { type Postgres, type PostgresOptions, randomPassword, startPostgres } from './postgres.ts';
export { type Postgrest, type PostgrestOptions, startPostgrest } from './postgrest.ts';
