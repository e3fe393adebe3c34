import { join } from 'node:path';
import Mux from '@mux/mux-node';
import { z } from 'zod';
import { readJson, replaceJson } from '../storage/durable-file.ts';

const signingKeySchema = z.object({ id: z.string().min(1), privateKey: z.string().min(1) });
export type SigningKey = z.infer<typeof signingKeySchema>;

/**
 * The key that playback tokens are signed with. Mux tells the private half once, when the key is created
 * (https://docs.mux.com/api-reference/system/signing-keys), so it is kept in `secrets/mux-signing-key.json` (0600). A key
 * that Mux no longer knows is replaced.
 */
export async function ensureSigningKey(
  secretsFolder: string,
  mux: { url: string; tokenId: string; tokenSecret: string },
): Promise<SigningKey> {
  const client = new Mux({ baseURL: mux.url, tokenId: mux.tokenId, tokenSecret: mux.tokenSecret, maxRetries: 0 });
  const path = join(secretsFolder, 'mux-signing-key.json');
  const stored = signingKeySchema.safeParse(readJson(path));
  if (stored.success) {
    for await (const known of client.system.signingKeys.list()) {
      if (known.id === stored.data.id) return stored.data;
    }
  }
  const created = await client.system.signingKeys.create();
  const key = signingKeySchema.parse({ id: created.id, privateKey: created.private_key });
  replaceJson(path, key);
  return key;
}
