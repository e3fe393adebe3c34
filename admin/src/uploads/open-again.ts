import { text } from '../locales/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { explain } from './upload-faults.ts';
import type { UploadTicket } from './upload-item.ts';
import type { UploadApi } from './upload-run.ts';

/** An upload that began in a page that is gone: the server knows which file it was. */
export type UnfinishedUpload = { uploadJobId: string; title: string; fileName: string; fileSizeBytes: number };

/**
 * The address to go on at, when the picked file is the one the upload began with. Its name may have changed; its size and
 * samples of its content may not, for the bytes that have arrived are not sent again.
 */
export async function openAgain(
  api: UploadApi,
  upload: UnfinishedUpload,
  file: File,
): Promise<{ ticket: UploadTicket } | { fault: string }> {
  if (file.size !== upload.fileSizeBytes) return { fault: text.upload.unfinished.otherFile(upload.fileName) };
  try {
    const { uploadJobId, videoId, uploadUrl, fileFingerprint, state } = await api.resumeUpload(upload.uploadJobId);
    if (fileFingerprint !== null && fileFingerprint !== (await fingerprintOf(file))) {
      return { fault: text.upload.unfinished.otherFile(upload.fileName) };
    }
    if (uploadUrl !== null) return { ticket: { uploadJobId, videoId, uploadUrl } };
    const arrived = state === 'processing' || state === 'ready';
    return { fault: arrived ? text.upload.unfinished.arrived : text.upload.unfinished.over };
  } catch (error) {
    return { fault: explain(error).message };
  }
}
