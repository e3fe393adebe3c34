import { AssetStore } from './assets.ts';
import { Database } from './database.ts';
import { PlaybackIdStore } from './playback-ids.ts';
import { PlaybackRestrictionStore } from './playback-restrictions.ts';
import { SigningKeyStore } from './signing-keys.ts';
import { UploadStore } from './uploads.ts';
import { WebhookEventStore } from './webhook-events.ts';
import { WebhookSecretStore } from './webhook-secret.ts';

/** All that the double remembers, one store per thing, over one database. */
export class Store {
  readonly db: Database;
  readonly uploads: UploadStore;
  readonly assets: AssetStore;
  readonly playbackIds: PlaybackIdStore;
  readonly signingKeys: SigningKeyStore;
  readonly restrictions: PlaybackRestrictionStore;
  readonly events: WebhookEventStore;
  readonly webhookSecret: WebhookSecretStore;

  constructor(file: string) {
    this.db = new Database(file);
    this.uploads = new UploadStore(this.db);
    this.assets = new AssetStore(this.db);
    this.playbackIds = new PlaybackIdStore(this.db);
    this.signingKeys = new SigningKeyStore(this.db);
    this.restrictions = new PlaybackRestrictionStore(this.db);
    this.events = new WebhookEventStore(this.db);
    this.webhookSecret = new WebhookSecretStore(this.db);
  }

  /** Numbers for `GET /control/state`. */
  counts(): Record<'uploads' | 'assets' | 'playbackIds' | 'signingKeys', number> {
    const count = (table: string) => Number(this.db.one(`select count(*) as n from ${table}`)?.n ?? 0);
    return {
      uploads: count('uploads'),
      assets: count('assets'),
      playbackIds: count('playback_ids'),
      signingKeys: count('signing_keys'),
    };
  }

  /** Forgets uploads, assets and events. Signing keys, restrictions and the webhook's secret stay: the product under test holds them. */
  wipeContent(): void {
    this.db.transaction(() => {
      for (const table of ['webhook_deliveries', 'webhook_events', 'playback_ids', 'assets', 'uploads']) {
        this.db.run(`delete from ${table}`);
      }
    });
  }
}
