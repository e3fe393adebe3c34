import { late } from '../../components/late.tsx';

/** Loaded when something is to be done. */
export const SettleDialog = late(
  () => import('./settle-dialog.tsx').then((loaded) => loaded.SettleDialog),
  ({ settling }) => settling !== undefined,
);
