import { mkdirSync } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Where things lie in the data folder. Ids are letters and digits only, so that they can be used as names. */
export class MediaFiles {
  readonly #uploads: string;
  readonly #assets: string;
  readonly #work: string;
  readonly database: string;

  constructor(dataDir: string) {
    this.#uploads = join(dataDir, 'uploads');
    this.#assets = join(dataDir, 'assets');
    this.#work = join(dataDir, 'work');
    this.database = join(dataDir, 'mux-double.sqlite');
    for (const folder of [this.#uploads, this.#assets, this.#work]) mkdirSync(folder, { recursive: true });
  }

  /** The bytes of an upload: while it grows, and afterwards as the asset's source. */
  upload(uploadId: string): string {
    return join(this.#uploads, uploadId);
  }

  /** A file or folder of a ready asset. */
  asset(assetId: string, ...path: string[]): string {
    return join(this.#assets, assetId, ...path);
  }

  /** A new folder for a transcoding. Nothing in it counts until it is published. */
  async newWorkFolder(assetId: string): Promise<string> {
    const folder = join(this.#work, assetId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    return folder;
  }

  /** Puts a finished transcoding in its place, in one step: a reader sees all of it or nothing. */
  async publish(assetId: string, workFolder: string): Promise<void> {
    await rm(this.asset(assetId), { recursive: true, force: true });
    await rename(workFolder, this.asset(assetId));
  }

  async removeUpload(uploadId: string): Promise<void> {
    await rm(this.upload(uploadId), { force: true });
  }

  async removeAsset(assetId: string): Promise<void> {
    await rm(this.asset(assetId), { recursive: true, force: true });
    await rm(join(this.#work, assetId), { recursive: true, force: true });
  }

  async exists(path: string): Promise<boolean> {
    return access(path).then(
      () => true,
      () => false,
    );
  }

  /** Removes what no row speaks of: leftovers of a process that was killed. */
  async sweep(keep: { uploadIds: ReadonlySet<string>; assetIds: ReadonlySet<string> }): Promise<void> {
    for (const id of await readdir(this.#uploads)) if (!keep.uploadIds.has(id)) await this.removeUpload(id);
    for (const id of await readdir(this.#assets)) if (!keep.assetIds.has(id)) await this.removeAsset(id);
    for (const id of await readdir(this.#work)) await rm(join(this.#work, id), { recursive: true, force: true });
  }
}
