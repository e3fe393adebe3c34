import { isPortFree } from '../free-port.ts';
import { LaunchError } from './launch-error.ts';
import { findPortHolder } from './port-holder.ts';

/** The ports of one stack: ten in a row, counted from the product's own. */
export type PortPlan = {
  api: number;
  identity: number;
  mux: number;
  mailbox: number;
  postgrest: number;
  postgrestAdmin: number;
  postgres: number;
  adminDev: number;
  viewerDev: number;
  worker: number;
};

export const DEFAULT_PORT = 4000;
const LAST_DEFAULT_BASE = 4990;

export function planPorts(base: number): PortPlan {
  return {
    api: base,
    identity: base + 1,
    mux: base + 2,
    mailbox: base + 3,
    postgrest: base + 4,
    postgrestAdmin: base + 5,
    postgres: base + 6,
    adminDev: base + 7,
    viewerDev: base + 8,
    worker: base + 9,
  };
}

/**
 * Chooses the ports. A port that was asked for is used or refused; without one the first free row from 4000 in steps of
 * ten is taken, and `onSkip` hears why an earlier one was not.
 * @throws LaunchError naming the taken port and, where it can be found out, the process that holds it
 */
export async function choosePorts(
  asked: number | undefined,
  onSkip: (sentence: string) => void = () => {},
): Promise<PortPlan> {
  if (asked !== undefined) {
    const plan = planPorts(asked);
    const taken = await firstTaken(plan);
    if (taken) {
      throw new LaunchError(
        `PORT: ${describe(taken, asked)}. Stop it, or set PORT to another number (this and the nine after it must be free).`,
      );
    }
    return plan;
  }
  for (let base = DEFAULT_PORT; base <= LAST_DEFAULT_BASE; base += 10) {
    const plan = planPorts(base);
    const taken = await firstTaken(plan);
    if (!taken) return plan;
    onSkip(`${describe(taken, base)}; trying ${base + 10}`);
  }
  throw new LaunchError(`No ten free ports in a row between ${DEFAULT_PORT} and ${LAST_DEFAULT_BASE + 9}. Set PORT.`);
}

type Taken = { role: string; port: number };

async function firstTaken(plan: PortPlan): Promise<Taken | undefined> {
  for (const [role, port] of Object.entries(plan)) {
    if (!(await isPortFree(port))) return { role, port };
  }
  return undefined;
}

const ROLES: Record<string, string> = {
  api: 'the product',
  identity: 'the identity issuer',
  mux: 'the Mux double',
  mailbox: 'the mailbox',
  postgrest: 'PostgREST',
  postgrestAdmin: 'PostgREST’s admin port',
  postgres: 'PostgreSQL',
  adminDev: 'the admin’s dev server',
  viewerDev: 'the viewer’s dev server',
  worker: 'the worker’s metrics',
};

function describe({ role, port }: Taken, base: number): string {
  const holder = findPortHolder(port);
  const purpose = port === base ? '' : ` (for ${ROLES[role] ?? role})`;
  return `port ${port}${purpose} is taken${holder ? ` by process ${holder.pid} (${holder.command})` : ''}`;
}
