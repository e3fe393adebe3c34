export { declaredFunctions } from './functions.ts';

import { appTables, guardedTables } from './tables.ts';
import { views } from './views.ts';

/** Every table and view of api, app, audit and authz. */
export const declaredObjects = [...views, ...appTables, ...guardedTables];
