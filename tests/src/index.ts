export { createTestDatabase } from './create-test-database.ts';
export type { AsUserOptions, TestDatabase, TestPostgrest } from './database.ts';
export { type Claims, claimsOf, createSigner, identity, type TestSigner } from './identity.ts';
export { type Persona, type PersonaName, personas } from './personas.ts';
export { consistencyProof, inclusionPath, sha256, treeHash } from './rfc6962.ts';
