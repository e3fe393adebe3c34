export { applyBookkeeping, becomeOwner } from './bookkeeping.ts';
export { type CatalogueFact, readCatalogue } from './catalogue.ts';
export { type Deployment, type DeployOptions, deploy } from './deploy.ts';
export type { IdentityProvider } from './identity-provider.ts';
export { renderMatrix } from './matrix.ts';
export { applyMigrations } from './migrations.ts';
export { applyRoles, prepareDatabase } from './roles.ts';
