export { type Payload, type Provider, readPayloads } from './payloads.ts';
export { type Result, replay } from './replay.ts';
