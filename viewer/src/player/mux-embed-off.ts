/**
 * Stands in for `mux-embed`, the vendor's measurement client: nothing is measured here without consent (VW-06), so only the
 * two small functions that the player's core calls while it loads are left, and 29 kB of script are not sent.
 */
const muxEmbedOff = {
  monitor: () => undefined,
  utils: { now: () => Date.now(), generateUUID: () => crypto.randomUUID() },
};

export default muxEmbedOff;
