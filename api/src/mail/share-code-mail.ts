import type { Mail } from './mailer.ts';

/**
 * The mail with a code for a link. It names neither the link nor the video: whoever reads over a shoulder, or gets it by mistake, learns nothing
 * but a number that is worth nothing without the page that asked for it.
 */
export function shareCodeMail(code: string, expiresAt: Date, now = new Date()): Mail {
  const minutes = Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 60_000));
  const life = minutes === 1 ? 'for one minute' : `for ${minutes} minutes`;
  const lines = [
    `Your code is ${code}`,
    `Type it on the page where you asked for it. It works once, ${life}.`,
    'If you did not ask for a code, ignore this e-mail. Nobody can watch with this number alone.',
  ] as const;
  return {
    subject: 'Your code to watch a shared video',
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en-AU">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Your code to watch a shared video</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif">
<p style="margin:0 0 16px">Your code is</p>
<p style="margin:0 0 16px;font:700 32px/1.2 ui-monospace,monospace;letter-spacing:.15em">${code}</p>
<p style="margin:0 0 16px">${lines[1]}</p>
<p style="margin:0">${lines[2]}</p>
</body>
</html>
`,
  };
}
