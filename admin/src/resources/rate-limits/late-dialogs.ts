import { late } from '../../components/late.tsx';

/** The dialogs of rate limits, loaded when they are opened. */
export const BlockDialog = late(
  () => import('./dialogs.tsx').then((loaded) => loaded.BlockDialog),
  ({ address }) => address !== undefined,
);
export const LiftDialog = late(
  () => import('./dialogs.tsx').then((loaded) => loaded.LiftDialog),
  ({ block }) => block !== undefined,
);
export const ChangeDialog = late(
  () => import('./dialogs.tsx').then((loaded) => loaded.ChangeDialog),
  ({ rule }) => rule !== undefined,
);
