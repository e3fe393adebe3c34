import { late } from '../../components/late.tsx';

/** The dialogs of invitations, loaded when they are opened. */
export const InviteDialog = late(
  () => import('./invite-dialog.tsx').then((loaded) => loaded.InviteDialog),
  ({ open }) => open,
);
export const RevokeDialog = late(
  () => import('./revoke-dialog.tsx').then((loaded) => loaded.RevokeDialog),
  ({ invitation }) => invitation !== undefined,
);
