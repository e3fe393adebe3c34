import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that the double made. */
export interface ReceivedWebhook {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly id: string;
  readonly type: string;
  readonly objectId: string;
  readonly event: Record<string, unknown>;
}

/** A webhook endpoint on a port of its own that keeps what it gets and answers what a test tells it to. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  /** Status for the next requests, first come first served; 200 when it is empty. `hang` never answers. */
  readonly answers: (number | 'hang')[] = [];
  readonly #server: Server;
  readonly #waiting = new Set<() => void>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        receiver.#keep(Buffer.concat(pieces).toString('utf8'), request.headers);
        const answer = receiver.answers.shift() ?? 200;
        if (answer !== 'hang') response.writeHead(answer).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks`;
  }

  /** Resolves with everything received so far once `condition` holds of it. */
  async until(condition: (received: readonly ReceivedWebhook[]) => boolean): Promise<readonly ReceivedWebhook[]> {
    while (!condition(this.received)) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
    return this.received;
  }

  /** Resolves with the first event of a type about a thing. */
  async event(type: string, objectId?: string): Promise<ReceivedWebhook> {
    const matches = (webhook: ReceivedWebhook) =>
      webhook.type === type && (objectId === undefined || webhook.objectId === objectId);
    const found = (await this.until((received) => received.some(matches))).find(matches);
    if (found === undefined) throw new Error(`no ${type}`);
    return found;
  }

  ofType(type: string): ReceivedWebhook[] {
    return this.received.filter((webhook) => webhook.type === type);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #keep(body: string, headers: IncomingHttpHeaders): void {
    const event = JSON.parse(body) as { id: string; type: string; object: { id: string } };
    this.received.push({
      body,
      headers,
      id: event.id,
      type: event.type,
      objectId: event.object.id,
      event: { ...event },
    });
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}
