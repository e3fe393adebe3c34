import { open } from 'node:fs/promises';
import { newMuxId } from '../ids.ts';
import type { MediaFiles } from '../media-files.ts';
import type { TranscodeRequest, TranscodeResult } from './transcode.ts';

/** How a file begins that is to be taken for one that cannot be ingested. */
const BROKEN = 'broken';

/**
 * In place of `transcode`, for tests that are about thousands of events and not about pictures: takes no time, makes no files, and calls
 * every upload a ten-second video unless its bytes begin with `broken`. Facts and events are as ever; nothing can be played.
 */
export async function pretendToTranscode(files: MediaFiles, request: TranscodeRequest): Promise<TranscodeResult> {
  const file = await open(files.upload(request.uploadId));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BROKEN.length), 0, BROKEN.length, 0);
    if (buffer.toString('utf8', 0, bytesRead) === BROKEN) {
      return { errors: { type: 'invalid_input', messages: ['The file says of itself that it is broken.'] } };
    }
  } finally {
    await file.close();
  }
  request.signal.throwIfAborted();
  const picture = { width: 1280, height: 720, frameRate: 30 };
  return {
    media: {
      ...picture,
      durationSeconds: 10,
      container: 'mov,mp4,m4a,3gp,3g2,mj2',
      videoCodec: 'h264',
      audio: null,
      videoTrackId: newMuxId(),
      renditions: [
        { ...picture, name: '720p', codecs: 'avc1.4d401f', bandwidth: 3_000_000, averageBandwidth: 2_500_000 },
      ],
      storyboard: { tileWidth: 256, tileHeight: 144, columns: 5, starts: [0] },
      textTracks: [],
    },
  };
}
