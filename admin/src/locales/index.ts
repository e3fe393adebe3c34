import type { Locale as AntdLocale } from 'antd/es/locale';
import { type Language, settings } from '../settings/settings.ts';
import { enAU } from './en-AU.ts';

/** Every text a person reads; another language has exactly this shape. */
export type Messages = typeof enAU;

/** The language that is shown, as Intl knows it. It is decided before the app starts and stays until the page is loaded anew. */
export let locale: Language = 'en-AU';
export let text: Messages = enAU;
/** What antd's own parts say; undefined: as it was made. */
export let antdLocale: AntdLocale | undefined;

/** What the person chose, else what their browser asks for, else English. */
function wantedLanguage(): Language {
  const { language } = settings();
  if (language) return language;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en-AU';
}

/** Loads what is not English. Called once, before anything that shows a text is loaded. */
export async function loadLanguage(): Promise<void> {
  if (wantedLanguage() === 'de') {
    const [{ de }, antd] = await Promise.all([import('./de.ts'), import('antd/es/locale/de_DE')]);
    text = de;
    locale = 'de';
    antdLocale = antd.default;
  }
  document.documentElement.lang = locale;
}
