import { z } from 'zod';

/** Claims arrive as numbers or as text, a query always as text. */
const length = z.coerce
  .number()
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(4096, 'must be at most 4096');
const seconds = z.coerce.number().min(0, 'must not be negative');
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).transform((value) => value === true || value === 'true');

/** Parameters of a still. Source: https://www.mux.com/docs/guides/get-images-from-a-video. */
export const thumbnailParameters = z.object({
  time: seconds.optional(),
  width: length.optional(),
  height: length.optional(),
  fit_mode: z.enum(['preserve', 'stretch', 'crop', 'smartcrop', 'pad']).default('preserve'),
  rotate: z.coerce
    .number()
    .pipe(z.literal([0, 90, 180, 270], 'must be 90, 180 or 270'))
    .default(0),
  flip_v: flag.default(false),
  flip_h: flag.default(false),
});

/** Parameters of an animated image, 10 seconds at the most. */
export const animationParameters = z
  .object({
    start: seconds.default(0),
    end: seconds.optional(),
    width: length.max(640, 'must be at most 640').optional(),
    height: length.max(640, 'must be at most 640').optional(),
    fps: z.coerce
      .number()
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(30, 'must be at most 30')
      .default(15),
  })
  .refine(({ start, end }) => end === undefined || (end > start && end - start <= 10), {
    path: ['end'],
    error: 'must be after start, by at most 10 seconds',
  });

export type ThumbnailParameters = z.infer<typeof thumbnailParameters>;
export type AnimationParameters = z.infer<typeof animationParameters>;

/** Names that have to be inside the token once a playback ID is signed. */
export const IMAGE_PARAMETER_NAMES = [
  ...['time', 'width', 'height', 'fit_mode', 'rotate', 'flip_v', 'flip_h', 'start', 'end', 'fps'],
] as const;

/** ffmpeg's filters for a still; none of its values comes from a client as text. */
export function thumbnailFilters(parameters: ThumbnailParameters): string[] {
  const { width, height } = parameters;
  const turned = { 0: [], 90: ['transpose=1'], 180: ['hflip', 'vflip'], 270: ['transpose=2'] }[parameters.rotate];
  return [
    ...scaling(width, height, parameters.fit_mode),
    ...turned,
    ...(parameters.flip_h ? ['hflip'] : []),
    ...(parameters.flip_v ? ['vflip'] : []),
  ];
}

function scaling(
  width: number | undefined,
  height: number | undefined,
  mode: ThumbnailParameters['fit_mode'],
): string[] {
  if (width === undefined && height === undefined) return [];
  if (width === undefined || height === undefined) return [`scale=${width ?? -1}:${height ?? -1}`];
  const box = `${width}:${height}`;
  switch (mode) {
    case 'stretch':
      return [`scale=${box}`, 'setsar=1'];
    case 'pad':
      return [`scale=${box}:force_original_aspect_ratio=decrease`, `pad=${box}:(ow-iw)/2:(oh-ih)/2`];
    case 'preserve':
      return [`scale=${box}:force_original_aspect_ratio=decrease`];
    default:
      return [`scale=${box}:force_original_aspect_ratio=increase`, `crop=${box}`];
  }
}
