import { late } from '../../components/late.tsx';

/** Loaded when a flag is to be changed. */
export const ChangeFlag = late(
  () => import('./change-dialog.tsx').then((loaded) => loaded.ChangeFlag),
  ({ flag }) => flag !== undefined,
);
