import { late } from '../../components/late.tsx';

/** Loaded when something is to be done. */
export const ActionDialog = late(
  () => import('./action-dialog.tsx').then((loaded) => loaded.ActionDialog),
  ({ action }) => action !== undefined,
);
