import { describe, expect, it } from 'vitest';
import { avcCodec } from '../../src/mux/transcode/avc-codec.ts';
import { playlistSegments } from '../../src/mux/transcode/playlist.ts';
import { InvalidInputError, parseProbe } from '../../src/mux/transcode/probe.ts';

const HEAD =
  "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:x':\n  Duration: 00:01:02.50, start: 0.000000, bitrate: 7609 kb/s\n";
const VIDEO =
  '    Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1920x1080 [SAR 1:1 DAR 16:9], 29.97 fps, 29.97 tbr, 15360 tbn\n';
const AUDIO =
  '    Stream #0:1(eng): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, 5.1(side), fltp, 73 kb/s (default)\n';
const END = 'At least one output file must be specified\n';

describe('what ffmpeg says about a file', () => {
  it('is read: container, duration, picture and sound', () => {
    expect(parseProbe(HEAD + VIDEO + AUDIO + END)).toEqual({
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      durationSeconds: 62.5,
      width: 1920,
      height: 1080,
      frameRate: 29.97,
      videoCodec: 'h264',
      audio: { codec: 'aac', sampleRate: 44_100, channels: 6 },
    });
  });

  it('a video shot upright has the size it is shown in', () => {
    const turned = `${VIDEO}    Metadata:\n      rotate          : 90\n    Side data:\n      displaymatrix: rotation of -90.00 degrees\n`;
    expect(parseProbe(HEAD + turned + AUDIO + END)).toMatchObject({ width: 1080, height: 1920 });
  });

  it('pixels that are not square are stretched to the size they are shown in', () => {
    const anamorphic = VIDEO.replace('1920x1080 [SAR 1:1', '720x576 [SAR 64:45');
    expect(parseProbe(HEAD + anamorphic + END)).toMatchObject({ width: 1024, height: 576, audio: null });
  });

  it.each([
    ['nothing', ''],
    ['an unreadable file', 'x: Invalid data found when processing input\n'],
    ['sound alone', HEAD + AUDIO + END],
    ['sound with a cover picture', HEAD + AUDIO + VIDEO.replace('\n', ' (attached pic)\n') + END],
    ['no duration', HEAD.replace('00:01:02.50', 'N/A') + VIDEO + END],
    ['a duration of nothing', HEAD.replace('00:01:02.50', '00:00:00.00') + VIDEO + END],
    ['no size', HEAD + VIDEO.replace('1920x1080 [SAR 1:1 DAR 16:9], ', '') + END],
  ])('%s is no video', (_name, text) => {
    expect(() => parseProbe(text)).toThrow(InvalidInputError);
  });
});

describe('the codec of a stream', () => {
  it('is read from its first sequence parameter set', () => {
    const stream = Buffer.from('4740000000000109f00000000167640028ac', 'hex');
    expect(avcCodec(stream)).toBe('avc1.640028');
  });

  it('cannot be read where there is none', () => {
    expect(() => avcCodec(Buffer.from('000001410000', 'hex'))).toThrow();
  });
});

describe('a media playlist', () => {
  it('lists its segments with their durations, whatever the line ends', () => {
    expect(playlistSegments('#EXTM3U\r\n#EXTINF:2.000000,\r\na.ts\r\n#EXTINF:1.5,\nb.ts\n#EXT-X-ENDLIST\n')).toEqual([
      { uri: 'a.ts', seconds: 2 },
      { uri: 'b.ts', seconds: 1.5 },
    ]);
  });
});
