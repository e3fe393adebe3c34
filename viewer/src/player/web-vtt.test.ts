import { describe, expect, it } from 'vitest';
import { readCaptions, segmentsOf, subtitlesOf } from './web-vtt.ts';

const file = (map: string, body: string) => `WEBVTT\n${map}\n${body}`;
const cue = '00:00:10.500 --> 00:00:12.000 line:80%\nPush\nwith both feet\n';

describe('captions of a stream', () => {
  it('are tied to the clock of the video', () => {
    const expected = { start: 10.5, end: 12, settings: 'line:80%', text: 'Push\nwith both feet' };
    expect(readCaptions(file('', cue), 1.4)).toEqual([expected]);
    expect(readCaptions(file('X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\n', cue), 10)).toEqual([expected]);
    expect(readCaptions(file('X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n', cue), 9)).toEqual([
      { ...expected, start: 11.5, end: 13 },
    ]);
    expect(readCaptions(file('X-TIMESTAMP-MAP=LOCAL:00:00:10.000,MPEGTS:900000\n', cue), 0)[0]?.start).toBe(10.5);
  });

  it('are the cues, with names or without, and neither notes nor styles', () => {
    const body = `NOTE a note\n\nSTYLE\n::cue {}\n\nfirst\n${cue}\n01:00:00.000 --> 01:00:01.000\nLater\n`;
    expect(readCaptions(file('', body), 0).map(({ start, text }) => [start, text])).toEqual([
      [10.5, 'Push\nwith both feet'],
      [3600, 'Later'],
    ]);
    expect(readCaptions(file('', body).replaceAll('\n', '\r\n'), 0)).toHaveLength(2);
  });

  it('are none in a file that is no WebVTT, and none that end before they begin', () => {
    expect(readCaptions(`<html>\n\n${cue}`, 0)).toEqual([]);
    expect(readCaptions(file('', '00:00:03.000 --> 00:00:02.000\nx\n'), 0)).toEqual([]);
  });

  it('are those that the master playlist names and does not force', () => {
    const media = '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="sub1"';
    const master = `#EXTM3U
${media},NAME="English, for all",LANGUAGE="en-AU",FORCED=NO,URI="id/subtitles/a.m3u8?token=t"
${media},NAME="Signs",FORCED=YES,URI="id/subtitles/b.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="English",URI="id/audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES="sub1"
id/video.m3u8
`;
    expect(subtitlesOf(master, 'https://stream.example/id.m3u8?token=t')).toEqual([
      { name: 'English, for all', language: 'en-AU', url: 'https://stream.example/id/subtitles/a.m3u8?token=t' },
    ]);
  });

  it('lie where the playlist says', () => {
    const playlist =
      '#EXTM3U\n#EXTINF:10,\nt/00000.vtt?token=a\n#EXTINF:10,\nhttps://cdn.example/1.vtt\n#EXT-X-ENDLIST\n';
    expect(segmentsOf(playlist, 'https://stream.example/id/subtitles/t.m3u8?token=a')).toEqual([
      'https://stream.example/id/subtitles/t/00000.vtt?token=a',
      'https://cdn.example/1.vtt',
    ]);
  });
});
