import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';
import { jsonFiles } from './mail-store.ts';

const storedMessage = z.object({
  id: z.string(),
  channel: z.string(),
  receivedAt: z.string(),
  payload: z.record(z.string(), z.unknown()),
});

export type SlackMessage = z.infer<typeof storedMessage>;

const CAPACITY = 1_000;

/** What was posted to the Slack capture, one file a message below `dataDir/slack`. */
export class SlackStore {
  readonly #folder: string;
  readonly #messages: SlackMessage[];

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'slack');
    this.#messages = jsonFiles(this.#folder).map((path) => storedMessage.parse(readJson(path)));
    this.#messages.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  }

  keep(channel: string, payload: Record<string, unknown>): SlackMessage {
    const message = { id: randomUUID(), channel, receivedAt: new Date().toISOString(), payload };
    replaceJson(join(this.#folder, `${message.id}.json`), message);
    this.#messages.push(message);
    for (const { id } of this.#messages.splice(0, Math.max(0, this.#messages.length - CAPACITY))) {
      rmSync(join(this.#folder, `${id}.json`), { force: true });
    }
    return message;
  }

  /** Newest first; of one channel when it is named. */
  list(channel?: string): SlackMessage[] {
    return this.#messages.filter((message) => channel === undefined || message.channel === channel).reverse();
  }
}
