export { type Deployment, type DeployOptions, deploy } from './deploy.ts';
export type { IdentityProvider } from './identity-provider.ts';
export { renderMatrix } from './matrix.ts';
export { prepareDatabase } from './roles.ts';
