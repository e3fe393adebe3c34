import { createHmac, randomUUID } from 'node:crypto';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Ledger, SentEvent } from './ledger.ts';

/** Milliseconds after which a sender takes silence for a refusal. */
const patienceMs = 6_000;

export type RelayOptions = {
  readonly ledger: Ledger;
  /** Where deliveries are meant to go. */
  readonly target: string;
  /** What Mux signs with. */
  readonly secret: string;
};

type Delivery = { readonly signedAt: number; readonly isForged?: boolean; readonly isCut?: boolean };

/**
 * The internet between Mux and us: takes the webhooks of the double and passes them on as their plans say. What it answers makes the
 * double behave as Mux does: it sends an event again until it hears 2xx.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #server: Server;
  readonly #copies = new Set<Promise<unknown>>();
  #isClosing = false;
  /** While true, nothing reaches us and Mux gives up on whatever it tries. */
  isOutage = false;

  private constructor(options: RelayOptions) {
    this.#options = options;
    this.#server = createServer((incoming, answer) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => {
        void this.#pass(Buffer.concat(pieces)).then((status) => answer.writeHead(status).end());
      });
    });
  }

  static async start(options: RelayOptions): Promise<Relay> {
    const relay = new Relay(options);
    await new Promise<void>((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
    return relay;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /**
   * Sends an event of a kind that is of no interest to us, again and again until it is taken: it must be stored like any other. For moments
   * in which nothing else comes, because what is harmed holds up coaches as well.
   */
  stir(): void {
    const id = randomUUID();
    const event = { id, type: 'video.live_stream.idle', object: { type: 'live_stream', id }, data: { id } };
    const body = Buffer.from(JSON.stringify(event));
    const send = async (): Promise<void> => {
      for (
        let pauseMs = 100;
        !this.#isClosing && (await this.#pass(body)) >= 300;
        pauseMs = Math.min(2 * pauseMs, 2_000)
      ) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    };
    this.#follow(send());
  }

  /** Resolves when no copy is on its way any more. */
  async idle(): Promise<void> {
    while (this.#copies.size > 0) await Promise.all(this.#copies);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.idle();
  }

  /** One attempt of Mux's. Answers the status that Mux gets. */
  async #pass(body: Buffer): Promise<number> {
    const event = this.#options.ledger.eventOf(body);
    const { plan } = event;
    event.attempts += 1;
    if (this.isOutage) {
      // A day of attempts in vain, in no time.
      event.isGivenUp = event.acknowledged === 0;
      return 204;
    }
    if (event.attempts <= plan.lostAttempts) return 503;
    const arrived = event.attempts - plan.lostAttempts;
    const skew = arrived <= plan.skewedAttempts ? plan.skew : 0;
    const signedAt = Math.floor(Date.now() / 1_000) - plan.signedAgo + skew;
    if (arrived === 1 && plan.isForged) await this.#forge(event, body, signedAt);
    if (arrived === 1 && plan.isCut) {
      await this.#deliver(event, body, { signedAt, isCut: true });
      return 502;
    }
    const status = await this.#deliver(event, body, { signedAt });
    this.#judge(event, status, skew);
    const isTaken = status !== undefined && status < 300;
    if (isTaken && event.acknowledged === 1) this.#copy(event, body, signedAt);
    return isTaken && plan.isAnswerLost && event.acknowledged === 1 ? 504 : (status ?? 503);
  }

  #copy(event: SentEvent, body: Buffer, signedAt: number): void {
    for (let copy = 0; copy < event.plan.copies; copy += 1) {
      this.#follow(this.#deliver(event, body, { signedAt }).then((status) => this.#judge(event, status, 0)));
    }
  }

  #follow(sent: Promise<void>): void {
    this.#copies.add(sent);
    void sent.finally(() => this.#copies.delete(sent));
  }

  async #forge(event: SentEvent, body: Buffer, signedAt: number): Promise<void> {
    const status = await this.#deliver(event, body, { signedAt, isForged: true });
    if (status !== undefined && status !== 401 && status !== 503) {
      this.#options.ledger.wrongAnswers.push(`forged ${event.type} ${event.id} was answered ${status}`);
    }
  }

  /** A rightly signed event is taken (200, 202) or asked for again (503); one from the future is refused (401). */
  #judge(event: SentEvent, status: number | undefined, skew: number): void {
    const allowed = [undefined, 200, 202, 503, ...(skew > 0 ? [401] : [])];
    if (!allowed.includes(status)) {
      this.#options.ledger.wrongAnswers.push(`${event.type} ${event.id} was answered ${status}`);
    }
  }

  /** Puts one request on the wire. Answers its status, or undefined when there was none. */
  async #deliver(event: SentEvent, body: Buffer, delivery: Delivery): Promise<number | undefined> {
    const { ledger, target, secret } = this.#options;
    const key = delivery.isForged === true ? 'a-secret-of-somebody-else' : secret;
    const signature = createHmac('sha256', key).update(`${delivery.signedAt}.`).update(body).digest('hex');
    const status = await new Promise<number | undefined>((resolve) => {
      const outgoing = request(
        target,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'content-length': body.length,
            'mux-signature': `t=${delivery.signedAt},v1=${signature}`,
          },
          timeout: patienceMs,
        },
        (answer) => {
          answer.resume();
          // Only a whole answer is an answer.
          answer.on('end', () => resolve(answer.complete ? answer.statusCode : undefined));
          answer.on('error', () => resolve(undefined));
          answer.on('close', () => resolve(undefined));
        },
      );
      outgoing.on('timeout', () => outgoing.destroy());
      outgoing.on('error', () => resolve(undefined));
      outgoing.on('close', () => resolve(undefined));
      if (delivery.isCut === true) {
        outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy());
      } else {
        outgoing.end(body);
      }
    });
    ledger.count(status);
    if (status !== undefined && status >= 200 && status < 300) event.acknowledged += 1;
    return status;
  }
}
