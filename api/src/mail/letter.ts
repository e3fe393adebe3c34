import type { Mail } from './mailer.ts';

/** A part of a mail: a paragraph, something to be read off and typed, or an address to open. */
export type LetterPart = string | { readonly typed: string } | { readonly label: string; readonly url: string };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** What people wrote goes into a mail as one line: nobody starts a paragraph, or a header, of their own. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function asText(part: LetterPart): string {
  if (typeof part === 'string') {
    return part;
  }
  return 'typed' in part ? part.typed : `${part.label}: ${part.url}`;
}

function asHtml(part: LetterPart): string {
  if (typeof part === 'string') {
    return `<p style="margin:0 0 16px">${escaped(part)}</p>`;
  }
  return 'typed' in part
    ? `<p style="margin:0 0 16px;font:700 32px/1.2 ui-monospace,monospace;letter-spacing:.15em">${escaped(part.typed)}</p>`
    : `<p style="margin:0 0 16px"><a href="${escaped(part.url)}">${escaped(part.label)}</a></p>`;
}

/** A mail in plain words, as text and as HTML that says the same. No pictures, nothing that is loaded, nothing that is watched. */
export function letter(subject: string, parts: readonly LetterPart[]): Mail {
  const title = oneLine(subject);
  return {
    subject: title,
    text: `${parts.map(asText).join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en-AU">
<head><meta charset="utf-8"><meta name="color-scheme" content="light only"><title>${escaped(title)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1b2a2f;font:16px/1.5 system-ui,sans-serif">
${parts.map(asHtml).join('\n')}
</body>
</html>
`,
  };
}
