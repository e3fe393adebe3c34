import type { Client } from 'pg';
import { arrangeLinks, slowDown } from '../audit-write/arrange.ts';
import { openWriters } from '../audit-write/writers.ts';
import { atLeast, type Bench, median, times } from '../bench.ts';
import { withBenchServer } from '../database/bench-database.ts';
import { dropTriggersOf } from '../database/drop-triggers.ts';
import { inTurns } from '../database/server-time.ts';

/**
 * The same writes of single share links, by sixteen sessions at once, in two databases of one server: as the product is, which announces each
 * change to whoever follows lists, with somebody who listens; and without the triggers that announce. What it costs is that transactions
 * that notify commit one after the other, so that they do not share a flush of the log: the longer a commit takes, the more.
 */
export const liveNotify: Bench = {
  name: 'live-notify',
  about: 'writes that are announced to those who follow lists, against the same writes unannounced',
  run: (say) =>
    withBenchServer(async (server) => {
      const open = async (name: string, change: (admin: Client) => Promise<void> = async () => {}) => {
        const database = await server.deployDatabase(name);
        const admin = await database.admin();
        await arrangeLinks(admin);
        await change(admin);
        const listener = await database.service();
        let heard = 0;
        listener.on('notification', () => {
          heard += 1;
        });
        await listener.query('listen mm_changes');
        return { writers: await openWriters(database), heard: () => heard, listener };
      };
      const maintenance = await (await server.deployDatabase('maintenance')).admin();
      const announced = await open('announced');
      const silent = await open('silent', (admin) => dropTriggersOf(admin, 'app.tg_announce()'));

      const things = { announced: announced.writers.single, silent: silent.writers.single };
      const fast = await inTurns(12, things);
      await slowDown(maintenance);
      const slow = await inTurns(6, things);
      // What is measured is what the readers of lists would have got: the listener has heard of writes on one side, and of none on the other.
      await announced.listener.query('select 1');
      if (announced.heard() === 0) throw new Error('nothing was announced');
      if (silent.heard() > 0) throw new Error(`${silent.heard()} changes were announced without the triggers`);

      for (const [name, figures] of Object.entries({ 'as it is': fast, 'a millisecond longer': slow })) {
        const rate = (values: number[]) => Math.round(median(values)).toString().padStart(6);
        say(`commit ${name}: ${rate(figures.announced)} announced, ${rate(figures.silent)} unannounced writes/s`);
      }
      say(`the listener heard ${announced.heard()} announcements`);
      return [
        atLeast('live-notify/single', times(fast.announced, fast.silent), 0.4),
        atLeast('live-notify/single-1ms', times(slow.announced, slow.silent), 0.2),
      ];
    }),
};
