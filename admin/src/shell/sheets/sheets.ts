import { createContext, useContext } from 'react';

/** Dialogs that are opened from anywhere, one at a time. */
export const sheetNames = ['palette', 'keys', 'preferences'] as const;
export type SheetName = (typeof sheetNames)[number];

export type Sheets = { shown: SheetName | undefined; open: (name: SheetName) => void; close: () => void };

const SheetsContext = createContext<Sheets | undefined>(undefined);
export const SheetsContextProvider = SheetsContext.Provider;

export function useSheets(): Sheets {
  const sheets = useContext(SheetsContext);
  if (!sheets) throw new Error('useSheets is used outside of SheetsProvider');
  return sheets;
}
