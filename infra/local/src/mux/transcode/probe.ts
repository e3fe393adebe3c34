import { FfmpegError, runFfmpeg } from '../../media/ffmpeg.ts';

/** What a source file is, as ffmpeg reads it. */
export interface SourceFacts {
  readonly container: string;
  readonly durationSeconds: number;
  /** Pixels as displayed: rotation and pixel aspect ratio are worked in. */
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  readonly videoCodec: string;
  readonly audio: { readonly codec: string; readonly sampleRate: number; readonly channels: number } | null;
}

/** The file is not a video that can be ingested. The message is meant for the asset's `errors`. */
export class InvalidInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'InvalidInputError';
  }
}

/**
 * Containers that are read. A list, because ffmpeg would otherwise follow an uploaded playlist to other files and hosts,
 * and take a text file for a terminal recording.
 */
const CONTAINERS = 'mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,mxf';

/** Arguments that open an untrusted file: nothing but this file, nothing but these containers. */
export function untrustedInput(file: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS, '-i', `file:${file}`];
}

/** Reads the file's facts. Throws InvalidInputError when it is not a video. */
export async function probe(file: string, signal?: AbortSignal): Promise<SourceFacts> {
  return parseProbe(await describe(file, signal));
}

/** ffmpeg describes a file on its way to the complaint that no output was asked for: its exit code is always 1. */
async function describe(file: string, signal: AbortSignal | undefined): Promise<string> {
  try {
    return await runFfmpeg({ args: untrustedInput(file), signal });
  } catch (error) {
    if (error instanceof FfmpegError) return error.log;
    throw error;
  }
}

const CHANNELS: Readonly<Record<string, number>> = {
  mono: 1,
  stereo: 2,
  '2.1': 3,
  quad: 4,
  '5.0': 5,
  '5.1': 6,
  '7.1': 8,
};

/** Understands the text ffmpeg writes about an input. Throws InvalidInputError when it does not describe a video. */
export function parseProbe(text: string): SourceFacts {
  const container = /^Input #0, (.+), from /m.exec(text)?.[1];
  if (container === undefined) {
    throw new InvalidInputError('The input file could not be read: it is damaged or not a media file.');
  }
  const duration = /^ {2}Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)/m.exec(text);
  const durationSeconds = duration ? Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]) : 0;
  // A cover picture is a video stream to ffmpeg, not to a viewer.
  const streams = text.split(/^(?= {4}Stream #0:)/m).slice(1);
  const video = streams.find((stream) => / Video: /.test(stream) && !stream.includes('(attached pic)'));
  if (video === undefined) throw new InvalidInputError('The input file has no video track.');
  if (durationSeconds <= 0) throw new InvalidInputError('The duration of the input file could not be determined.');
  const audio = streams.find((stream) => / Audio: /.test(stream));
  return { container, durationSeconds, ...parseVideo(video), audio: audio === undefined ? null : parseAudio(audio) };
}

function parseVideo(stream: string): Pick<SourceFacts, 'width' | 'height' | 'frameRate' | 'videoCodec'> {
  const size = / (\d+)x(\d+)[ ,\r\n]/.exec(stream);
  const width = Number(size?.[1] ?? 0);
  const height = Number(size?.[2] ?? 0);
  if (width === 0 || height === 0) throw new InvalidInputError('The size of the video could not be determined.');
  const sampleAspect = /SAR (\d+):(\d+)/.exec(stream);
  const stretch = sampleAspect && Number(sampleAspect[1]) > 0 ? Number(sampleAspect[1]) / Number(sampleAspect[2]) : 1;
  const rotation = Math.abs(Number(/rotation of (-?\d+(?:\.\d+)?) degrees/.exec(stream)?.[1] ?? 0));
  const displayed = { width: Math.round(width * stretch), height };
  const sideways = Math.round(rotation / 90) % 2 === 1;
  const rate = /([\d.]+k?) fps/.exec(stream)?.[1] ?? /([\d.]+k?) tbr/.exec(stream)?.[1] ?? '-1';
  return {
    width: sideways ? displayed.height : displayed.width,
    height: sideways ? displayed.width : displayed.height,
    frameRate: rate.endsWith('k') ? Number.parseFloat(rate) * 1000 : Number(rate),
    videoCodec: / Video: (\w+)/.exec(stream)?.[1] ?? 'unknown',
  };
}

function parseAudio(stream: string): NonNullable<SourceFacts['audio']> {
  const layout = / Hz, ([^,\s]+)/.exec(stream)?.[1]?.replace(/\(.*$/, '') ?? 'stereo';
  return {
    codec: / Audio: (\w+)/.exec(stream)?.[1] ?? 'unknown',
    sampleRate: Number(/ (\d+) Hz/.exec(stream)?.[1] ?? 0),
    channels: CHANNELS[layout] ?? 2,
  };
}
