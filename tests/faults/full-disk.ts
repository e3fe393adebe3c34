import type { Incident, Scene } from './incidents.ts';
import { eventually } from './wait.ts';

/** Resolves when a webhook has been answered 503: only then did the fault bite. `keepUp` is called again and again meanwhile. */
export async function until503({ stage, ledger }: Scene, why: string, keepUp = (): void => {}): Promise<void> {
  const before = ledger.answered(503);
  await eventually(
    `a webhook was answered 503 while ${why}`,
    async () => {
      keepUp();
      stage.relay.stir();
      return ledger.answered(503) > before ? true : undefined;
    },
    { withinMs: 30_000, everyMs: 100 },
  );
}

/** The disk of the database is full for a while: webhooks are answered 503, and not one 2xx is given for what is not stored. */
export function fillDisk(scene: Scene): Incident[] {
  const { cluster } = scene.stage;
  const { disk } = cluster;
  if (disk === undefined) return [];
  return [
    {
      name: 'disk of the database full',
      run: async () => {
        disk.fill();
        try {
          await until503(scene, 'the disk was full');
        } finally {
          disk.free();
          await cluster.ensureUp();
        }
      },
    },
  ];
}
