import type { ProviderName } from './delivery.ts';

/** Mux's secrets are used as they are written; a short one is a slip. */
export const shortestMuxSecret = 16;
/** Svix, who sends for Clerk and Resend, writes `whsec_` and the base64 of the key, 24 bytes as they make them. */
export const svixSecretPattern = /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/;

export const svixKey = (text: string): Buffer => Buffer.from(text.slice('whsec_'.length), 'base64');

/** The key of the HMAC, of a secret as the provider shows it; undefined when it is none of theirs. */
export function secretKeyOf(provider: ProviderName, text: string): Buffer | undefined {
  if (provider === 'mux') {
    return text.length >= shortestMuxSecret && text.length <= 255 && !/[\s,]/.test(text)
      ? Buffer.from(text)
      : undefined;
  }
  return text.length <= 255 && svixSecretPattern.test(text) ? svixKey(text) : undefined;
}
