import { isPortFree } from '../../src/free-port.ts';
import { planPorts } from '../../src/launcher/port-plan.ts';

/** A base port whose whole row is free right now, away from the defaults. */
export async function findFreeBase(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const base = 20_000 + 10 * Math.floor(Math.random() * 1_200);
    const free = await Promise.all(Object.values(planPorts(base)).map((port) => isPortFree(port)));
    if (free.every(Boolean)) return base;
  }
  throw new Error('no row of free ports was found');
}
