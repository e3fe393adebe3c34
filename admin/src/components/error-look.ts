import { text } from '../locales/index.ts';
import type { ApiError } from '../providers/data/index.ts';

export type ErrorLook = {
  kind: 'error' | 'offline' | 'refused' | 'missing' | 'conflict' | 'release';
  /** In place of the page's own title, where the status says more than that something failed. */
  title?: string;
  /** What helps; nothing does where the answer will stay the same. */
  next: 'retry' | 'reload' | 'signIn' | 'back' | 'home';
};

/** What somebody sees of a failed reading, by its status. */
export function lookOf(error: ApiError | undefined): ErrorLook {
  if (!error) return { kind: 'error', next: 'retry' };
  const { statusCode, code } = error;
  // The server answers in a way that this page does not know: it is of another release.
  if (code === 'http.unexpected_answer') return { kind: 'release', title: text.release.skewTitle, next: 'reload' };
  if (statusCode === 0) return { kind: 'offline', title: text.errors.offlineTitle, next: 'retry' };
  if (statusCode === 401) return { kind: 'refused', title: text.errors.signedOutTitle, next: 'signIn' };
  if (statusCode === 403) return { kind: 'refused', title: text.errors.refusedTitle, next: 'home' };
  if (statusCode === 404) return { kind: 'missing', title: text.errors.missingTitle, next: 'back' };
  if (statusCode === 409) return { kind: 'conflict', title: text.errors.conflictTitle, next: 'retry' };
  return { kind: 'error', next: 'retry' };
}
