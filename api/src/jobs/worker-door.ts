import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from '@prometheus-io/client';
import { isBearer } from '../telemetry.ts';

export interface WorkerDoor {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Where the worker is watched: `GET /livez`, and `GET /metrics` with the bearer token when there is one. Nothing else is answered.
 * @param port 0 lets the system choose one
 */
export async function openWorkerDoor(
  {
    host,
    port,
    metricsToken,
  }: { readonly host: string; readonly port: number; readonly metricsToken: string | undefined },
  registry: Registry,
): Promise<WorkerDoor> {
  const server: Server = createServer(async (request, response) => {
    const answer = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    if (request.method !== 'GET' || (request.url !== '/metrics' && request.url !== '/livez')) {
      answer(404, 'text/plain', 'Not found\n');
    } else if (request.url === '/livez') {
      answer(200, 'application/json', '{"status":"alive"}');
    } else if (metricsToken !== undefined && !isBearer(request.headers.authorization, metricsToken)) {
      answer(401, 'text/plain', 'Unauthorized\n');
    } else {
      try {
        answer(200, registry.contentType, await registry.metrics());
      } catch {
        answer(503, 'text/plain', 'The metrics cannot be read just now.\n');
      }
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
