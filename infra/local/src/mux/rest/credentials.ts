import { createHash, timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import { MuxApiError } from '../errors.ts';

/** Asks for HTTP Basic with the token's id and secret. Answers 401 in the vendor's body otherwise. */
export function requireCredentials(tokenId: string, tokenSecret: string): onRequestHookHandler {
  const expected = digest(`${tokenId}:${tokenSecret}`);
  return async (request) => {
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const given = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
    if (!timingSafeEqual(digest(given), expected)) {
      throw new MuxApiError(401, 'unauthorized', ['Unauthorized request']);
    }
  };
}

/** Equal lengths whatever was sent, so that the comparison takes the same time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
