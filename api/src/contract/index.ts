/**
 * The contract of the HTTP API: one zod schema and one type per request and answer. This is all that the api package exports.
 * It imports neither Fastify, pg nor the environment, so that the browser apps can bundle it.
 */

export * from '../features/abuse/block-address/schema.ts';
export * from '../features/keys/rotate-key/schema.ts';
export * from '../features/lists/export-list/list-names.ts';
export * from '../features/playback/hash-passphrase/schema.ts';
export * from '../features/playback/preview-video/schema.ts';
export * from '../features/playback/prove-passphrase/schema.ts';
export * from '../features/playback/record-events/schema.ts';
export * from '../features/playback/request-code/schema.ts';
export * from '../features/playback/resolve-share/schema.ts';
export * from '../features/playback/schema.ts';
export * from '../features/playback/share-proof.ts';
export * from '../features/playback/verify-code/schema.ts';
export * from '../features/system/publish-keys/schema.ts';
export * from '../features/system/read-config/schema.ts';
export * from '../features/system/read-limits/schema.ts';
export * from '../features/system/report-health/schema.ts';
export * from '../features/system/report-vitals/schema.ts';
export * from '../features/uploads/cancel-upload/schema.ts';
export * from '../features/uploads/request-upload/schema.ts';
export * from '../features/uploads/resume-upload/schema.ts';
export * from '../features/webhooks/receive-clerk-webhook/schema.ts';
export * from '../features/webhooks/receive-mux-webhook/schema.ts';
export * from '../features/webhooks/receive-resend-webhook/schema.ts';
export * from '../features/webhooks/schema.ts';
export * from '../problems/schema.ts';
export * from '../vitals/vital-names.ts';
