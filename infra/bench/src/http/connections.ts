import { connect, type Socket } from 'node:net';

/** A request as it goes over the wire. */
export type WireRequest = Buffer;

/**
 * A kept-alive connection that has one request under way. Bare sockets, because on two cores whatever the client costs is taken from what
 * is measured: HTTP clients cost several times as much.
 */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #settle: ((status: number) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (chunk) => this.#read(String(chunk)));
    this.#socket.on('error', (error) => this.#fail?.(error));
    this.#socket.on('close', () => this.#fail?.(new Error('The connection was closed.')));
  }

  /** Answers the status. */
  send(request: WireRequest): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#settle = resolve;
      this.#fail = reject;
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const head = this.#received.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(this.#received.slice(0, head))?.[1]);
    if (this.#received.length < head + 4 + length) return;
    const status = Number(this.#received.slice(9, 12));
    this.#received = '';
    this.#settle?.(status);
  }
}

/** Does the work over `count` connections at once, and closes them. */
export async function overConnections<T>(
  port: number,
  count: number,
  work: (connection: Connection, index: number) => Promise<T>,
): Promise<T[]> {
  const connections = Array.from({ length: count }, () => new Connection(port));
  try {
    return await Promise.all(connections.map(work));
  } finally {
    for (const connection of connections) connection.close();
  }
}
