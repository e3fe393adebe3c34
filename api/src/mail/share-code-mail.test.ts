import { describe, expect, it } from 'vitest';
import { shareCodeMail } from './share-code-mail.ts';

const now = new Date('2026-11-21T10:00:00Z');
const mail = (minutes: number) => shareCodeMail('012345', new Date(now.getTime() + minutes * 60_000), now);

describe('the mail with a code', () => {
  it('says the code, how long it works, and what to do when nobody asked, in both bodies', () => {
    const { text, html } = mail(10);
    for (const body of [text, html]) {
      expect(body).toContain('012345');
      expect(body).toContain('It works once, for about 10 minutes.');
      expect(body).toContain('If you did not ask for a code, ignore this e-mail.');
    }
    expect(html).toContain('<html lang="en-AU">');
  });

  it('says how long is left when it leaves, to the nearest minute', () => {
    expect(mail(9.98).text).toContain('for about 10 minutes');
    expect(mail(6.4).text).toContain('for about 6 minutes');
    expect(mail(1.2).text).toContain('for about a minute');
    expect(mail(0.2).text).toContain('for about a minute');
  });

  it('has no link, no picture and no script, and no code in its subject', () => {
    const { subject, text, html } = mail(10);
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/https?:|<a\b|<img|<script|href|src=/i);
    }
    expect(subject).not.toMatch(/\d/);
  });
});
