import { late } from '../../components/late.tsx';

const opened = ({ open }: { open: boolean }) => open;

/** The dialogs of share links, loaded when they are opened. */
export const CreateShareLink = late(() => import('./create.tsx').then((loaded) => loaded.CreateShareLink), opened);
export const EditShareLink = late(() => import('./change/edit.tsx').then((loaded) => loaded.EditShareLink), opened);
export const ExtendShareLink = late(
  () => import('./change/extend.tsx').then((loaded) => loaded.ExtendShareLink),
  opened,
);
export const RotateShareLink = late(
  () => import('./change/rotate.tsx').then((loaded) => loaded.RotateShareLink),
  opened,
);
export const RestoreShareLink = late(
  () => import('./change/restore.tsx').then((loaded) => loaded.RestoreShareLink),
  opened,
);
export const RevokeShareLink = late(
  () => import('./revoke.tsx').then((loaded) => loaded.RevokeShareLink),
  ({ link }) => link !== undefined,
);
export const BulkRevoke = late(
  () => import('./bulk/bulk-revoke.tsx').then((loaded) => loaded.BulkRevoke),
  ({ choice }) => choice !== undefined,
);
