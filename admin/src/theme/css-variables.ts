import { fontStack, monoStack } from './font.ts';
import { palettes } from './palette.ts';

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `--mm-ground: …;` and so on, for both schemes, so that our own CSS and antd's theme have one source. */
export function installCssVariables(): void {
  const rules = (['light', 'dark'] as const).map((scheme) => {
    const colours = Object.entries(palettes[scheme]).map(([name, value]) => `--mm-${dashed(name)}:${value}`);
    return `:root[data-theme="${scheme}"]{color-scheme:${scheme};--mm-font:${fontStack};--mm-mono:${monoStack};${colours.join(';')}}`;
  });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join('\n'));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
