import { createServer } from 'node:net';

/**
 * Below the ports that the kernel hands out by itself (from 32768 on Linux, from 49152 elsewhere): between the answer and the moment when
 * its port is taken, nobody who asks for any port or connects somewhere can be given it. And above the last port that browsers refuse.
 */
const firstPort = 11_000;
const ports = 9_000;

// Programs that look at the same time look in different places, and none is told the same port twice in a row.
let next = process.pid * 101;

/** A TCP port of `host` that nobody listens on right now. */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  for (let tried = 0; tried < ports; tried += 1) {
    const port = firstPort + (next % ports);
    next += 1;
    if (await isPortFree(port, host)) return port;
  }
  throw new Error(`no port from ${firstPort} to ${firstPort + ports - 1} is free`);
}

/** True when nothing listens on `port` of `host` and this process may listen there. */
export function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
