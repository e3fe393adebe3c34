import { text } from '../locales/index.ts';
import { bytes } from './size.ts';

/** Browsers name the type of few containers; these are known by their ending where the browser says nothing. */
const typeByEnding: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
  avi: 'video/x-msvideo',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  ts: 'video/mp2t',
  wmv: 'video/x-ms-wmv',
};

/** The media type to declare: the browser's, or by the ending of the name; undefined when neither says video. */
export function videoType(file: { name: string; type: string }): string | undefined {
  if (file.type.startsWith('video/')) return file.type;
  if (file.type !== '' && file.type !== 'application/octet-stream') return undefined;
  const ending = file.name.toLowerCase().split('.').at(-1) ?? '';
  return Object.hasOwn(typeByEnding, ending) ? typeByEnding[ending] : undefined;
}

/** What is plainly wrong with a file before anybody is asked (UP-04); the server checks again. */
export function fileFault(file: { name: string; type: string; size: number }, maxBytes: number): string | undefined {
  if (!videoType(file)) return text.upload.notVideo;
  if (file.size === 0) return text.upload.empty;
  if (file.size > maxBytes) return text.upload.tooLarge(bytes(maxBytes));
  return undefined;
}

/** A title to begin with: the name of the file without its ending, with spaces for `_` and `-`. */
export function titleFrom(fileName: string): string {
  const stem = fileName.replace(/\.[a-z0-9]{1,5}$/i, '');
  const words = stem.replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return (words === '' ? fileName : words).slice(0, 200);
}
