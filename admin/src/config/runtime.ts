import { type AppConfig, appConfig } from '@mm/api/contract';
import { createContext, useContext } from 'react';

export type { AppConfig };

/**
 * What the server tells every client before it starts, plus how far this machine's clock is behind (positive) or ahead of
 * the server's, in milliseconds. Deadlines of links are the server's, so they are counted by its clock.
 */
export type RuntimeConfig = AppConfig & { clockSkewMs: number };

/**
 * Reads `/api/config`.
 * @throws Error when the server cannot be reached, refuses, or answers something this version does not understand.
 */
async function readRuntimeConfig(signal: AbortSignal): Promise<RuntimeConfig> {
  const response = await fetch('/api/config', { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`/api/config answered ${response.status}`);
  const received = Date.now();
  const config = appConfig.parse(await response.json());
  const serverTime = Date.parse(response.headers.get('date') ?? '');
  // The header has whole seconds; half a second on average is lost to that.
  const clockSkewMs = Number.isNaN(serverTime) ? 0 : serverTime + 500 - received;
  return { ...config, clockSkewMs: Math.abs(clockSkewMs) < 2000 ? 0 : clockSkewMs };
}

let ahead: Promise<RuntimeConfig> | undefined;

/** Asks for the configuration before anybody needs it; whoever reads it first gets that answer. */
export function askForConfig(): void {
  ahead = readRuntimeConfig(new AbortController().signal);
  // Who reads it hears of it.
  ahead.catch(() => undefined);
}

/** The answer that is under way already, once; later readings ask anew. */
export function firstConfig(signal: AbortSignal): Promise<RuntimeConfig> {
  const begun = ahead ?? readRuntimeConfig(signal);
  ahead = undefined;
  return begun;
}

const ConfigContext = createContext<RuntimeConfig | undefined>(undefined);
export const ConfigProvider = ConfigContext.Provider;

export function useConfig(): RuntimeConfig {
  const config = useContext(ConfigContext);
  if (!config) throw new Error('useConfig is used outside of ConfigProvider');
  return config;
}
