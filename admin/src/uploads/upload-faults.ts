import { text } from '../locales/index.ts';
import { type ApiError, isApiError } from '../providers/data/index.ts';
import { exact } from '../time/format.ts';
import { TransferError } from './resumable-transfer.ts';
import type { UploadFault } from './upload-item.ts';

/** A refusal of the server, as it is shown at the file. */
function faultFrom(error: ApiError): UploadFault {
  const { title, ...others } = error.errors ?? {};
  const about = Array.isArray(title) ? title.join(' ') : undefined;
  const details = Object.values(others)
    .flat()
    .filter((message) => typeof message === 'string');
  const { retryAfterSeconds: seconds, requestId } = error;
  if (error.code === 'upload.quota_exceeded' && seconds !== undefined) {
    return { message: text.upload.quota.refused(exact(new Date(Date.now() + seconds * 1000))), requestId };
  }
  return { message: details.length > 0 || about ? details.join(' ') : error.message, title: about, requestId };
}

/** Why an upload did not go on, in words for the coach. A DOMException comes from reading the file. */
export function explain(error: unknown): UploadFault {
  if (isApiError(error)) return faultFrom(error);
  if (error instanceof TransferError) {
    return { message: error.fault === 'ended' ? text.upload.linkEnded : text.upload.interrupted };
  }
  return { message: error instanceof DOMException ? text.upload.unreadable : text.errors.unnamed };
}

/**
 * Why a video failed, in words for the coach. Codes of ours begin with `upload.` and come with a sentence; the others are types
 * of Mux's errors, whose messages are written for programmers.
 */
export function failureWords(code: string | null | undefined, message: string | null | undefined): string {
  if (code?.startsWith('upload.') && message) return message;
  return code === 'invalid_input' ? text.upload.invalidInput : text.upload.unprocessed;
}
