import { overConnections, type WireRequest } from '../http/connections.ts';

export type Load = { perSecond: number; p99Milliseconds: number };

/**
 * Sends for `seconds`, each connection the next as soon as the last is answered, or at a fixed `rate` whether or not the last ones have been
 * answered. At a rate a request's time begins when it was due, so that one that had to wait for a connection is not flattered.
 * @throws Error when an answer is not 200: a rate of refusals would be no rate of resolves
 */
export async function load(
  port: number,
  next: () => WireRequest,
  { connections, seconds, rate }: { connections: number; seconds: number; rate?: number },
): Promise<Load> {
  const milliseconds: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  let index = 0;
  await overConnections(port, connections, async (connection) => {
    for (;;) {
      const due = rate === undefined ? performance.now() : started + (index / rate) * 1000;
      index += 1;
      if (due >= end) return;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const status = await connection.send(next());
      if (status !== 200) throw new Error(`a link was answered ${status}`);
      milliseconds.push(performance.now() - due);
    }
  });
  const perSecond = (milliseconds.length / (performance.now() - started)) * 1000;
  milliseconds.sort((a, b) => a - b);
  return { perSecond, p99Milliseconds: milliseconds[Math.floor(milliseconds.length * 0.99)] ?? Number.NaN };
}
