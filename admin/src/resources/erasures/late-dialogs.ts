import { late } from '../../components/late.tsx';

/** The dialogs of erasures, loaded when they are opened. */
export const RequestDialog = late(
  () => import('./request-dialog.tsx').then((loaded) => loaded.RequestDialog),
  ({ open }) => open,
);
export const DecideDialog = late(
  () => import('./decide-dialog.tsx').then((loaded) => loaded.DecideDialog),
  ({ decision }) => decision !== undefined,
);
export const StepDialog = late(
  () => import('./step-dialog.tsx').then((loaded) => loaded.StepDialog),
  ({ step }) => step !== undefined,
);
export const HoldDialog = late(
  () => import('./hold-dialog.tsx').then((loaded) => loaded.HoldDialog),
  ({ act }) => act !== undefined,
);
