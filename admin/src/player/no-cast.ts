type Constructor = new (...args: never[]) => object;

/** Stands in for castable-video's mixin: the class as it is, without Google's cast script (no third-party requests). */
export const CastableMediaMixin = <Base extends Constructor>(base: Base): Base => base;
