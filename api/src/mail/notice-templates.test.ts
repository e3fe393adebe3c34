import { describe, expect, it } from 'vitest';
import { NoticeUnfitError, renderNotice } from './notice-templates.ts';

const facts = { displayName: 'Amelia Hart', adminUrl: 'https://videos.example/admin/' };
const revoked = { count: 1, videoTitles: ['Deep squat'], reason: 'Wrong person' };

describe('a notice as mail', () => {
  it('says the same as text and as HTML, to whom by name, and where to look', () => {
    const { mail, templateVersion } = renderNotice('share.revoked', revoked, facts);
    expect(templateVersion).toBe('share.revoked/1');
    expect(mail.subject).toBe('A share link of yours was revoked');
    for (const body of [mail.text, mail.html]) {
      for (const part of [
        'Hello Amelia Hart,',
        'Video: Deep squat.',
        'Reason: Wrong person',
        'https://videos.example/admin/share-links',
      ])
        expect(body).toContain(part);
    }
  });

  it('counts', () => {
    const { mail } = renderNotice('share.revoked', { ...revoked, count: 12, videoTitles: ['Squat', 'Lunge'] }, facts);
    expect(mail.subject).toBe('12 share links of yours were revoked');
    expect(mail.text).toContain('Videos: Squat, Lunge.');
  });

  it('greets who has no name', () => {
    expect(renderNotice('upload.ready', {}, { ...facts, displayName: null }).mail.text).toMatch(/^Hello,\n/);
  });

  it('takes what people wrote as words: no markup, no line of their own, no header', () => {
    const { mail } = renderNotice(
      'share.revoked',
      {
        count: 1,
        videoTitles: ['<img src=x onerror=alert(1)>\nBcc: eve@evil.example'],
        reason: 'A\n\n"quoted" & <b>bold</b>',
      },
      { ...facts, displayName: 'Amelia\r\nBcc: eve@evil.example' },
    );
    expect(mail.html).not.toMatch(/<img|<b>/);
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt; Bcc: eve@evil.example');
    expect(mail.html).toContain('A &quot;quoted&quot; &amp; &lt;b&gt;bold&lt;/b&gt;');
    expect(mail.text).not.toMatch(/^Bcc:/m);
    const critical = renderNotice('alert.raised', { severity: 'critical', title: 'Mux\r\nis away' }, facts);
    expect(critical.mail.subject).toBe('Critical: Mux is away');
  });

  it('loads nothing and watches nobody', () => {
    const { html } = renderNotice('share.revoked', revoked, facts).mail;
    expect(html).not.toMatch(/<img|<script|<link|src=|url\(/);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url)).toEqual([
      'https://videos.example/admin/share-links',
    ]);
  });

  it.each([
    [
      'share.revoked',
      { count: 1, videoTitles: ['secret title'] },
      'The variables of share.revoked do not fit its template: reason.',
    ],
    [
      'alert.raised',
      { severity: 'mood', title: 'secret' },
      'The variables of alert.raised do not fit its template: severity.',
    ],
    ['nobody.knows', {}, 'There is no template of nobody.knows.'],
    ['constructor', {}, 'There is no template of constructor.'],
  ])('of %s with %j is refused, naming fields and no values', (kind, variables, message) => {
    expect(() => renderNotice(kind, variables, facts)).toThrow(new NoticeUnfitError(message));
  });
});
