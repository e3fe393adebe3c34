import { describe, expect, it } from 'vitest';
import { shareCodeMail } from './share-code-mail.ts';

const now = new Date('2026-11-21T10:00:00Z');
const mail = (minutes: number) => shareCodeMail('012345', new Date(now.getTime() + minutes * 60_000), now);

describe('the mail with a code', () => {
  it('says the code, how long it works, and what to do when nobody asked, in both bodies', () => {
    const { text, html } = mail(10);
    for (const body of [text, html]) {
      expect(body).toContain('012345');
      expect(body).toContain('It works once, for 10 minutes.');
      expect(body).toContain('If you did not ask for a code, ignore this e-mail.');
    }
    expect(html).toContain('<html lang="en-AU">');
  });

  it('never promises more than is left', () => {
    expect(mail(9.9).text).toContain('for 9 minutes');
    expect(mail(1.5).text).toContain('for one minute');
    expect(mail(0.2).text).toContain('for one minute');
  });

  it('has no link, no picture and no script, and no code in its subject', () => {
    const { subject, text, html } = mail(10);
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/https?:|<a\b|<img|<script|href|src=/i);
    }
    expect(subject).not.toMatch(/\d/);
  });
});
