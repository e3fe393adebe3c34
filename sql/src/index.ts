export { type Deployment, type DeployOptions, deploy } from './deploy.ts';
export type { IdentityProvider } from './identity-provider.ts';
export { prepareDatabase } from './roles.ts';
