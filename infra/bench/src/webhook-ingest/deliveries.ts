import { createHmac } from 'node:crypto';
import { overConnections, type WireRequest } from '../http/connections.ts';
import { webhookSecret } from '../product/programs.ts';
import type { Event } from './events.ts';

/** Signs events beforehand, so that signing, which is the vendor's work, is not measured. */
export function signed(events: readonly Event[]): WireRequest[] {
  const timestamp = Math.floor(Date.now() / 1000);
  return events.map(({ body }) => {
    const signature = createHmac('sha256', webhookSecret).update(`${timestamp}.`).update(body).digest('hex');
    const head = `POST /api/webhooks/mux HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nmux-signature: t=${timestamp},v1=${signature}\r\ncontent-length: ${body.length}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), body]);
  });
}

function expectStored(status: number): void {
  // A rate of refusals would be no rate of deliveries.
  if (status !== 200) throw new Error(`a delivery was answered ${status}`);
}

/** Delivers everything, each connection the next as soon as the last is answered. Answers deliveries per second. */
export async function deliver(port: number, requests: readonly WireRequest[], connections: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  await overConnections(port, connections, async (connection) => {
    for (;;) {
      const request = requests[next];
      next += 1;
      if (request === undefined) return;
      expectStored(await connection.send(request));
    }
  });
  return (requests.length / (performance.now() - started)) * 1000;
}

/**
 * Delivers at a fixed rate, whether or not the last ones have been answered. A delivery's time begins when it was due, so that one that
 * had to wait for a connection is not flattered.
 * @returns milliseconds of each
 */
export async function deliverPaced(
  port: number,
  requests: readonly WireRequest[],
  { rate, connections }: { rate: number; connections: number },
): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  await overConnections(port, connections, async (connection) => {
    for (;;) {
      const index = next;
      const request = requests[index];
      if (request === undefined) return;
      next += 1;
      const due = started + (index / rate) * 1000;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      expectStored(await connection.send(request));
      latencies.push(performance.now() - Math.max(due, started));
    }
  });
  return latencies;
}
