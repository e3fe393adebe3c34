import {
  type BlockAddressAnswer,
  type BlockAddressBody,
  blockAddressAnswer,
  type CancelUploadAnswer,
  cancelUploadAnswer,
  hashPassphraseAnswer,
  type PreviewVideoAnswer,
  previewVideoAnswer,
  type ReadLimitsAnswer,
  type RequestUploadAnswer,
  type RequestUploadBody,
  type ResumeUploadAnswer,
  type RotateKeyAnswer,
  type RotateKeyBody,
  readLimitsAnswer,
  requestUploadAnswer,
  resumeUploadAnswer,
  rotateKeyAnswer,
} from '@mm/api/contract';
import type { z } from 'zod';
import { ApiError } from '../data/index.ts';
import { fromBody, messageFor } from '../data/problem.ts';

/** The operations that PostgREST cannot do, since they need Mux or a signature. All throw ApiError. */
export type Api = {
  requestUpload(body: RequestUploadBody): Promise<RequestUploadAnswer>;
  /** Where the caller's own upload stands, and where to go on with it. */
  resumeUpload(uploadJobId: string): Promise<ResumeUploadAnswer>;
  cancelUpload(uploadJobId: string): Promise<CancelUploadAnswer>;
  /** A look at a video by staff: recorded as a decision, and for an admin in the audit log. */
  previewVideo(videoId: string, signal?: AbortSignal): Promise<PreviewVideoAnswer>;
  /** The hash that a passphrase of a link is kept as; the database never sees the passphrase. */
  hashPassphrase(passphrase: string): Promise<string>;
  /** Begins an export of the audit log, which is recorded; the answer's body is the file. */
  exportAuditLog(query: URLSearchParams, signal: AbortSignal): Promise<Response>;
  /** Takes the next steps of the rotation of a key; the answer names keys and never tells them. */
  rotateKey(body: RotateKeyBody): Promise<RotateKeyAnswer>;
  /** The rate limits as the api applies them. */
  readLimits(signal: AbortSignal): Promise<ReadLimitsAnswer>;
  /** Blocks an address that somebody typed; the answer has its keyed hash. */
  blockAddress(body: BlockAddressBody): Promise<BlockAddressAnswer>;
  /** Begins an export of the plays of a link or a video, which is recorded; the answer's body is the file. */
  exportPlays(query: URLSearchParams, signal: AbortSignal): Promise<Response>;
  /** Begins an export of what a list shows under these filters, which is recorded; the answer's body is the file. */
  exportList(list: string, query: URLSearchParams, signal: AbortSignal): Promise<Response>;
  /** The newest checkpoint of the audit log, a signed note; null before the first one is signed. */
  auditCheckpoint(signal: AbortSignal): Promise<string | null>;
  /** Every verifier key that has ever signed the audit log, the one in use first. */
  auditKeys(): Promise<string[]>;
};

const idOf = (response: Response) => response.headers.get('x-request-id') ?? undefined;

/** @param send fetch with the caller's token */
export function createApi(send: typeof globalThis.fetch): Api {
  async function reach(path: string, init: RequestInit): Promise<Response> {
    const response = await send(path, init).catch((cause: unknown) => {
      init.signal?.throwIfAborted();
      if (cause instanceof ApiError) throw cause;
      throw new ApiError({ statusCode: 0, code: 'http.unreachable', message: messageFor(0), cause });
    });
    if (response.ok) return response;
    const body: unknown = await response.json().catch(() => undefined);
    throw fromBody(response.status, body, idOf(response), response.headers.get('retry-after'));
  }

  async function call<T>(schema: z.ZodType<T>, path: string, init: RequestInit): Promise<T> {
    const response = await reach(path, init);
    const requestId = idOf(response);
    const body: unknown = await response.json().catch(() => undefined);
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new ApiError({
      statusCode: response.status,
      code: 'http.unexpected_answer',
      message: messageFor(500),
      requestId,
      cause: parsed.error,
    });
  }

  return {
    requestUpload: (body) =>
      call(requestUploadAnswer, '/api/uploads', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    resumeUpload: (uploadJobId) => call(resumeUploadAnswer, `/api/uploads/${uploadJobId}`, { method: 'GET' }),
    cancelUpload: (uploadJobId) => call(cancelUploadAnswer, `/api/uploads/${uploadJobId}`, { method: 'DELETE' }),
    previewVideo: (videoId, signal) =>
      call(previewVideoAnswer, `/api/videos/${videoId}/preview`, { method: 'POST', ...(signal ? { signal } : {}) }),
    async hashPassphrase(passphrase) {
      const { passphraseHash } = await call(hashPassphraseAnswer, '/api/share-passphrases', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ passphrase }),
      });
      return passphraseHash;
    },
    rotateKey: (body) =>
      call(rotateKeyAnswer, '/api/keys/rotations', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    readLimits: (signal) => call(readLimitsAnswer, '/api/rate-limits', { method: 'GET', signal }),
    blockAddress: (body) =>
      call(blockAddressAnswer, '/api/address-blocks', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    exportAuditLog: (query, signal) => reach(`/api/audit/export?${query}`, { signal, cache: 'no-store' }),
    exportPlays: (query, signal) => reach(`/api/plays/export?${query}`, { signal, cache: 'no-store' }),
    exportList: (list, query, signal) => reach(`/api/lists/${list}/export?${query}`, { signal, cache: 'no-store' }),
    async auditKeys() {
      const lines = await (await reach('/.well-known/audit-keys', {})).text();
      return lines.split('\n').filter((line) => line !== '');
    },
    async auditCheckpoint(signal) {
      try {
        return await (await reach('/.well-known/audit-checkpoint', { signal })).text();
      } catch (error) {
        if (error instanceof ApiError && error.code === 'audit.not_signed') return null;
        throw error;
      }
    },
  };
}
