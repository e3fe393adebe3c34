import { holdToBudgets } from './app-size.ts';

holdToBudgets({ app: 'admin', distVariable: 'ADMIN_DIST', buildFlags: ['--manifest'] });
