import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawText } from './block-letters.ts';
import { runFfmpeg } from './ffmpeg.ts';

export interface SampleClip {
  /** Where the MP4 goes. Its folder must exist; a file that is there is replaced. */
  readonly path: string;
  readonly seconds: number;
  /** Pixels, even numbers. */
  readonly width: number;
  readonly height: number;
  /** A title in the picture: letters, digits and simple punctuation; shown in capitals. */
  readonly text?: string;
  /** Pitch of the sound in hertz; default 220. `false` makes a clip without sound. */
  readonly tone?: number | false;
  /** Base colour, `#rrggbb`; default a deep blue. */
  readonly color?: string;
  readonly signal?: AbortSignal;
}

const FRAMES_PER_SECOND = 30;
const DEFAULT_COLOR = '#1d4e89';

/**
 * Makes a short H.264/AAC clip that looks like something: a slowly turning colour wash, a title and a bar that
 * grows over the clip's length, so that two frames are never the same and any frame tells its time.
 * 10 seconds at 1280x720 take about two seconds. Throws RangeError for sizes or a colour that cannot be, FfmpegError
 * when ffmpeg fails.
 */
export async function makeSampleClip(clip: SampleClip): Promise<void> {
  check(clip);
  const scratch = await mkdtemp(join(tmpdir(), 'sample-clip-'));
  try {
    const title = drawText(clip.text ?? '');
    const titleFile = join(scratch, 'title.pgm');
    await writeFile(titleFile, title.pgm);
    await runFfmpeg({ args: [...inputs(clip, titleFile), ...outputs(clip, title.width)], signal: clip.signal });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function check({ seconds, width, height, color }: SampleClip): void {
  if (!(seconds > 0)) throw new RangeError(`seconds must be above 0, not ${seconds}`);
  for (const [name, pixels] of Object.entries({ width, height })) {
    if (!Number.isInteger(pixels) || pixels < 16 || pixels % 2 !== 0) {
      throw new RangeError(`${name} must be an even number of pixels, at least 16, not ${pixels}`);
    }
  }
  if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(color))
    throw new RangeError(`color must be #rrggbb, not ${color}`);
}

function inputs({ seconds, width, height, tone, color }: SampleClip, titleFile: string): string[] {
  const size = `${width}x${height}`;
  const [red, green, blue] = channels(color ?? DEFAULT_COLOR);
  // The wash is computed on 32x18 pixels and blown up: a gradient needs no more, and it costs next to nothing.
  const shade = (base: number, phase: number) =>
    `clip(${base}*(0.75+0.45*sin(X/14+Y/11+T*0.5+${phase}))+28*cos(Y/7-T*0.4+${phase}),0,255)`;
  const wash =
    `color=black:size=32x18:rate=${FRAMES_PER_SECOND}:duration=${seconds},format=gbrp,` +
    `geq=r='${shade(red, 0)}':g='${shade(green, 0.9)}':b='${shade(blue, 1.8)}'`;
  return [
    ...['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', wash],
    ...['-f', 'image2', '-loop', '1', '-framerate', String(FRAMES_PER_SECOND), '-i', titleFile],
    ...['-f', 'lavfi', '-i', `color=white:size=${size}:rate=${FRAMES_PER_SECOND}:duration=${seconds}`],
    ...(tone === false ? [] : ['-f', 'lavfi', '-i', sound(tone ?? 220, seconds)]),
  ];
}

/** A quiet chord that swells and ebbs: a bare sine is hard to bear. */
function sound(tone: number, seconds: number): string {
  const part = (ratio: number, level: number) => `${level}*sin(2*PI*t*${tone * ratio})`;
  const chord = `(${part(1, 0.12)}+${part(1.25, 0.06)}+${part(1.5, 0.06)})*(0.7+0.3*sin(2*PI*t/4))`;
  return `aevalsrc=exprs='${chord}':sample_rate=48000:duration=${seconds}`;
}

function outputs({ path, seconds, width, height, tone }: SampleClip, titleWidth: number): string[] {
  const titleScale = Math.max(1, Math.floor((width * 0.8) / Math.max(titleWidth, 80)));
  const barHeight = Math.max(2, Math.round(height / 90) * 2);
  const graph = [
    `[0:v]scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p[wash]`,
    `[1:v]scale=iw*${titleScale}:ih*${titleScale}:flags=neighbor,format=gray[letters]`,
    '[2:v]split=2[white1][white2]',
    `[white1]crop=${width}:${barHeight}:0:0[bar]`,
    `[wash][bar]overlay=x='-w+w*t/${seconds}':y=H-h[withBar]`,
    `[white2][letters]scale2ref[paper][mask]`,
    `[paper][mask]alphamerge[title]`,
    `[withBar][title]overlay=x=(W-w)/2:y=(H-h)/2:shortest=1[v]`,
  ].join(';');
  return [
    ...['-filter_complex', graph, '-map', '[v]'],
    ...(tone === false ? [] : ['-map', '3:a', '-c:a', 'aac', '-b:a', '96k', '-ac', '2']),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '22', '-pix_fmt', 'yuv420p', '-g', '60'],
    ...['-t', String(seconds), '-movflags', '+faststart', '-f', 'mp4', path],
  ];
}

function channels(color: string): [number, number, number] {
  const part = (at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}
