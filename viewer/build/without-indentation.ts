import type { Plugin } from 'vite';

/**
 * The vendor's components carry their HTML and CSS as indented template strings. Without the indentation the player is 2 kB
 * smaller on the wire (VW-08).
 */
export function withoutIndentation(): Plugin {
  return {
    name: 'vendor-templates-without-indentation',
    apply: 'build',
    transform: {
      filter: { id: /\/(media-chrome|mux-player)\/dist\// },
      handler: (code) => ({ code: code.replace(/\n[ \t]+/g, '\n'), map: null }),
    },
  };
}
