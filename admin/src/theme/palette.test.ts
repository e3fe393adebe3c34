import { describe, expect, it } from 'vitest';
import { contrast } from './contrast.fixture.ts';
import { type Palette, palettes } from './palette.ts';

const texts: [keyof Palette, (keyof Palette)[]][] = [
  ['ink', ['ground', 'surface', 'sunken', 'raised', 'primaryWash']],
  ['inkSoft', ['ground', 'surface', 'sunken', 'raised', 'primaryWash']],
  ['primary', ['ground', 'surface', 'sunken', 'raised', 'primaryWash']],
  ['onPrimary', ['primary', 'primaryHover', 'primaryActive']],
  ['railInk', ['rail']],
  ['onRailActive', ['railActive', 'rail']],
  ['good', ['goodWash', 'surface', 'ground']],
  ['busy', ['busyWash', 'surface', 'ground']],
  ['warn', ['warnWash', 'surface', 'ground']],
  ['bad', ['badWash', 'surface', 'ground', 'raised']],
  ['quiet', ['quietWash', 'surface', 'ground']],
  ['onBad', ['bad']],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (scheme) => {
  const palette = palettes[scheme];

  it.each(texts.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const)))(
    '%s on %s can be read (4.5 : 1)',
    (text, ground) => {
      expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['surface', 'ground', 'raised'] as const)('outlines of controls can be seen on %s (3 : 1)', (ground) => {
    expect(contrast(palette.outline, palette[ground])).toBeGreaterThanOrEqual(3);
  });
});
