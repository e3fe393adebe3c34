export { type MuxDouble, type MuxDoubleOptions, startMuxDouble } from './double.ts';
