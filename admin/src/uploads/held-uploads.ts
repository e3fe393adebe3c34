const prefix = 'mm.upload.';

/** Keeps a browser's tabs from sending the same upload twice. What a closed tab held is free again at once. */
export type HeldUploads = {
  /** Marks an upload as this tab's, until the answer is called. */
  hold(uploadJobId: string): () => void;
  /** Uploads that some tab of this browser holds, this one included. */
  held(): Promise<ReadonlySet<string>>;
};

/** By the Web Locks of the browser; where it has none (an insecure origin), nothing is held. */
export function browserHeldUploads(locks: LockManager | undefined = globalThis.navigator?.locks): HeldUploads {
  return {
    hold(uploadJobId) {
      const { promise: released, resolve: release } = Promise.withResolvers<void>();
      void locks?.request(prefix + uploadJobId, { ifAvailable: true }, (lock) => (lock ? released : undefined));
      return release;
    },
    async held() {
      const { held = [] } = (await locks?.query()) ?? {};
      const names = held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
      return new Set(names);
    },
  };
}
