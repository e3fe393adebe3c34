import { letter } from './letter.ts';
import type { Mail } from './mailer.ts';

/**
 * The mail with a code for a link. It names neither the link nor the video: whoever reads over a shoulder, or gets it by mistake, learns nothing
 * but a number that is worth nothing without the page that asked for it.
 */
export function shareCodeMail(code: string, expiresAt: Date, now = new Date()): Mail {
  const minutes = Math.max(1, Math.round((expiresAt.getTime() - now.getTime()) / 60_000));
  const life = minutes === 1 ? 'for about a minute' : `for about ${minutes} minutes`;
  return letter('Your code to watch a shared video', [
    'Your code is',
    { typed: code },
    `Type it on the page where you asked for it. It works once, ${life}.`,
    'If you did not ask for a code, ignore this e-mail. Nobody can watch with this number alone.',
  ]);
}
