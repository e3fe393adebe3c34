import { PERSONAS, type PersonaKey } from '../identity/personas.ts';
import { refuseProduction } from '../refuse-production.ts';
import { openDataFolder } from './data-folder.ts';
import { startGuard } from './guard-process.ts';
import { holdInstance } from './instance.ts';
import { choosePorts } from './port-plan.ts';
import { endProcesses, ProcessRegistry, readRunning } from './process-registry.ts';
import { databaseUrl, type StackPlan, stackUrls } from './product-services.ts';
import { sampleDataFor } from './sample-start.ts';
import { SampleStateFile } from './sample-state.ts';
import { loadSecrets } from './secrets.ts';
import { StaffClient } from './staff-client.ts';
import { bringUp } from './start-order.ts';
import { Supervisor } from './supervisor.ts';
import { type LineSink, Terminal } from './terminal.ts';

export type StackOptions = {
  /** Base port; refused when it or one of the nine after it is taken. The first free row from 4000 when left out. */
  port?: number;
  /** Absolute path of the data folder. */
  dataDir: string;
  /** Additions to the environment of api and worker. */
  env?: Record<string, string>;
  /** Make sample data (default true). */
  sample?: boolean;
  /** With sample data: let the worker's canary measure, on a video of an account of its own (default false). */
  canary?: boolean;
  /** Build and serve the two apps (default true). */
  apps?: boolean;
  /** Serve the apps by Vite, and restart or re-apply what is edited. */
  dev?: boolean;
  /** Receives the lines that `start` prints. */
  onLine?: LineSink;
  /** Aborting it while the stack comes up takes it down again. */
  signal?: AbortSignal;
};

export type Stack = {
  urls: ReturnType<typeof stackUrls>;
  personas: typeof PERSONAS;
  /** A session token of a persona, got at the issuer as a browser gets it; renewed when it is about to expire. */
  tokenFor(persona: PersonaKey): Promise<string>;
  /** Connection string of PostgreSQL's superuser. */
  databaseAdminUrl: string;
  /** Base of the Mux double's control routes. */
  muxControlUrl: string;
  dataDir: string;
  /** A working share link, when there is sample data. */
  sampleLink: string | undefined;
  /** Settles when all sample data is there; rejects when it could not be made. */
  sampleDone: Promise<void>;
  /** Ends a service in order and starts it again; resolves when it is ready. */
  restart(name: string): Promise<void>;
  /** Sends a signal to a service, as an accident would. It is supervised on. */
  kill(name: string, signal: NodeJS.Signals): void;
  /** Resolves when the service runs (again). */
  whenUp(name: string): Promise<void>;
  pidOf(name: string): number | undefined;
  /** Takes everything down, within five seconds. */
  close(): Promise<void>;
};

/** How long services may take to end before they are killed, and PostgreSQL after them. */
const SERVICES_GRACE_MS = 2_500;
const POSTGRES_GRACE_MS = 1_700;

/**
 * Starts the whole product on this machine: databases, doubles, api, worker, apps, and sample data.
 *
 * @throws LaunchError when the port is taken, the folder is not ours, or a stack runs on it already
 * @throws Error with the last words of the part that did not come up; everything that had come up is taken down first
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  refuseProduction('The embedded stack');
  const terminal = new Terminal(options.onLine ?? (() => {}));
  const folder = openDataFolder(options.dataDir);
  const instance = holdInstance(folder.run);
  const registerFile = `${folder.run}/processes.json`;
  const registry = new ProcessRegistry(registerFile);
  const supervisor = new Supervisor({ logFolder: folder.logs, registry, say: (line) => terminal.say(line) });
  const cleanups: (() => void)[] = [() => instance.release()];

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= takeDown(supervisor, registry).finally(() => {
      for (const cleanup of cleanups.reverse()) cleanup();
    });
    return closing;
  };
  const abort = (): void => supervisor.beginEnd();
  options.signal?.addEventListener('abort', abort, { once: true });

  try {
    const leftovers = readRunning(registerFile);
    if (leftovers.length > 0) {
      const names = leftovers.map(({ name }) => name).join(', ');
      await terminal.step(`ending what a killed start left behind: ${names}`, () => endProcesses(leftovers, 2_500));
    }
    cleanups.push(startGuard(registry));
    const ports = await choosePorts(options.port, (sentence) => terminal.say(`  · ${sentence}`));
    const urls = stackUrls(ports);
    instance.announce(urls.app);

    const apps = options.apps === false ? 'none' : options.dev ? 'dev' : 'built';
    const file = new SampleStateFile(folder.secrets);
    const isWanted = options.sample !== false;
    const hasCanary = isWanted && options.canary === true;
    const plan: StackPlan = {
      ports,
      folder,
      secrets: loadSecrets(folder.secrets),
      apps,
      env: options.env ?? {},
      canaryVideoId: () => (hasCanary ? file.state.canaryVideoId : undefined),
    };
    const startSamples = sampleDataFor({
      plan,
      file,
      signal: supervisor.signal,
      terminal,
      isWanted,
      hasCanary,
      restartWorker: () => supervisor.restart('worker'),
    });
    cleanups.push(await bringUp({ plan, supervisor, registry, terminal }));
    const sample = await startSamples();
    supervisor.signal.throwIfAborted();
    const staff = new Map<PersonaKey, StaffClient>();
    return {
      urls,
      personas: PERSONAS,
      tokenFor(persona) {
        const client = staff.get(persona) ?? new StaffClient(PERSONAS[persona], urls);
        staff.set(persona, client);
        return client.token();
      },
      databaseAdminUrl: databaseUrl(plan, 'postgres', plan.secrets.postgresPassword),
      muxControlUrl: `${urls.mux}/control`,
      dataDir: folder.root,
      sampleLink: sample.link,
      sampleDone: sample.done,
      restart: (name) => supervisor.restart(name),
      kill: (name, signal) => supervisor.kill(name, signal),
      whenUp: (name) => supervisor.whenUp(name),
      pidOf: (name) => supervisor.pidOf(name),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}

/** Services first, side by side; then the database they use; then whatever else was started, such as a build. */
async function takeDown(supervisor: Supervisor, registry: ProcessRegistry): Promise<void> {
  supervisor.beginEnd();
  await supervisor.stop(
    supervisor.names.filter((name) => name !== 'postgres'),
    SERVICES_GRACE_MS,
  );
  await supervisor.stop(['postgres'], POSTGRES_GRACE_MS);
  await endProcesses(registry.records, 200);
  for (const { pid } of registry.records) registry.remove(pid);
}

export { StaffClient };
