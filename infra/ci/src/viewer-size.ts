import { holdToBudgets } from './app-size.ts';

holdToBudgets({ app: 'viewer', distVariable: 'VIEWER_DIST' });
