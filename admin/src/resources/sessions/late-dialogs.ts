import { late } from '../../components/late.tsx';

/** Loaded when sessions are to be ended. */
export const EndSessions = late(
  () => import('./end-sessions.tsx').then((loaded) => loaded.EndSessions),
  ({ ending }) => ending !== undefined,
);
