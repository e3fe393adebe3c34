export { type MuxDouble, type MuxDoubleOptions, startMuxDouble } from './double.ts';
export { webhookSignature } from './webhooks/signature.ts';
