import { late } from '../../components/late.tsx';

/** Loaded when something is to be done. */
export const PersonAct = late(
  () => import('./acts.tsx').then((loaded) => loaded.PersonAct),
  ({ act }) => act !== undefined,
);
