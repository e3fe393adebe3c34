import { describe, expect, it } from 'vitest';
import { tokenOf, withCurrentToken } from './playback-token.ts';

const issued = new Set(['h.old.s', 'h.older.s', 'h.new.s']);
const rewrite = (url: string) => withCurrentToken(url, 'h.new.s', issued);

describe('the playback token in a stream URL', () => {
  it('is replaced when it is one this page was given earlier, and nothing else in the URL changes', () => {
    expect(rewrite('https://stream.example/abc/720p/3.m4s?part=1&token=h.old.s#t=2')).toBe(
      'https://stream.example/abc/720p/3.m4s?part=1&token=h.new.s#t=2',
    );
    expect(rewrite('https://stream.example/abc.m3u8?token=h.older.s')).toBe(
      'https://stream.example/abc.m3u8?token=h.new.s',
    );
  });

  it('is left alone when it is current', () => {
    expect(rewrite('https://stream.example/abc.m3u8?token=h.new.s')).toBe(
      'https://stream.example/abc.m3u8?token=h.new.s',
    );
  });

  it('is never given to a URL that did not carry one of ours', () => {
    for (const url of [
      'https://cdn.example/3.ts?expires=1&signature=x',
      'https://elsewhere.example/3.ts?token=their.own.token',
    ]) {
      expect(rewrite(url)).toBe(url);
    }
  });

  it('is read from the playback URL', () => {
    expect(tokenOf('https://stream.example/abc.m3u8?token=h.new.s')).toBe('h.new.s');
    expect(tokenOf('https://stream.example/abc.m3u8')).toBeNull();
  });
});
