/**
 * Stands in for `castable-video/castable-mixin.js`, which fetches Google's cast script at once on every page that shows the
 * player. A viewer's page asks no third party for anything but the video (VW-06), so the mixin adds nothing.
 */
export const CastableMediaMixin = <Superclass>(superclass: Superclass): Superclass => superclass;
