export { type AsUserOptions, createTestDatabase, type TestDatabase, type TestPostgrest } from './database.ts';
export { type Claims, claimsOf, createSigner, identity, type TestSigner } from './identity.ts';
export { type Persona, type PersonaName, personas } from './personas.ts';
