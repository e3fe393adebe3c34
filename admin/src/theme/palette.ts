import type { Scheme } from './mode.ts';

/**
 * The colours of the product: warm paper, petrol ink, a coral spark kept for the mark. `palette.test.ts` holds every pair
 * that carries text to WCAG 2.1 AA (4.5 : 1) and every control's outline to 3 : 1.
 */
export type Palette = {
  /** Behind everything. */ ground: string;
  /** Cards, tables, fields. */ surface: string;
  /** Table heads, quiet insets. */ sunken: string;
  /** Menus, dialogs. */ raised: string;
  /** Lines that only divide. */ line: string;
  /** Outlines of controls. */ outline: string;
  ink: string;
  inkSoft: string;
  primary: string;
  primaryHover: string;
  primaryActive: string;
  onPrimary: string;
  /** Selected rows and items. */ primaryWash: string;
  rail: string;
  railInk: string;
  railActive: string;
  onRailActive: string;
  good: string;
  goodWash: string;
  busy: string;
  busyWash: string;
  warn: string;
  warnWash: string;
  bad: string;
  badWash: string;
  onBad: string;
  quiet: string;
  quietWash: string;
};

export const palettes: Record<Scheme, Palette> = {
  light: {
    ground: '#f5f3ee',
    surface: '#ffffff',
    sunken: '#f0ede6',
    raised: '#ffffff',
    line: '#e0dcd1',
    outline: '#8d897d',
    ink: '#18262a',
    inkSoft: '#55625f',
    primary: '#0b5d5a',
    primaryHover: '#0e726e',
    primaryActive: '#084844',
    onPrimary: '#ffffff',
    primaryWash: '#e3efec',
    rail: '#10292c',
    railInk: '#c3d2ce',
    railActive: '#1f464a',
    onRailActive: '#ffffff',
    good: '#1b6b43',
    goodWash: '#e1f0e6',
    busy: '#265a93',
    busyWash: '#e3ecf6',
    warn: '#855200',
    warnWash: '#f8ecd2',
    bad: '#a8261d',
    badWash: '#f9e5e1',
    onBad: '#ffffff',
    quiet: '#555f5e',
    quietWash: '#ebe9e2',
  },
  dark: {
    ground: '#0e1517',
    surface: '#151e21',
    sunken: '#111a1c',
    raised: '#1c272b',
    line: '#2a373b',
    outline: '#6c7c7e',
    ink: '#e6edeb',
    inkSoft: '#a5b3b0',
    primary: '#58beb3',
    primaryHover: '#74cdc3',
    primaryActive: '#43a399',
    onPrimary: '#05201e',
    primaryWash: '#173335',
    rail: '#0a1113',
    railInk: '#a9b9b6',
    railActive: '#1b3436',
    onRailActive: '#f2f7f6',
    good: '#6bcb98',
    goodWash: '#14301f',
    busy: '#8fbcee',
    busyWash: '#162b43',
    warn: '#e6b35a',
    warnWash: '#38290d',
    bad: '#f59a8e',
    badWash: '#401a16',
    onBad: '#2a0b08',
    quiet: '#aab6b4',
    quietWash: '#222d30',
  },
};
