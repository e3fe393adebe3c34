import type { VideoRow } from '../rows.ts';

const pollMs = 2000;

/** Still on its way: the next webhook will change it. */
export function isMoving({ status }: Pick<VideoRow, 'status'>): boolean {
  return status === 'uploading' || status === 'processing';
}

/** Reads the list every two seconds as long as one of its videos is on its way. */
export function pollWhileMoving(rows: readonly Pick<VideoRow, 'status'>[]): number | false {
  return rows.some(isMoving) ? pollMs : false;
}
