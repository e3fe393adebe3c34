import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { uploadResumably } from '../../src/launcher/resumable-upload.ts';
import { temporaryFolder } from './processes.ts';

/** A server that keeps what it was sent; `answer` decides about each request, by its number from 1. */
async function receiver(answer: (number: number, have: () => number, reply: ServerResponse, keep: () => void) => void) {
  const received: Buffer[] = [];
  const ranges: string[] = [];
  let number = 0;
  const server = createServer(async (request: IncomingMessage, reply) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    ranges.push(String(request.headers['content-range']));
    number += 1;
    const have = () => Buffer.concat(received).length;
    answer(number, have, reply, () => received.push(Buffer.concat(parts)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload`;
  return { url, ranges, bytes: () => Buffer.concat(received) };
}

function clip(size: number) {
  const contents = randomBytes(size);
  const path = join(temporaryFolder(), 'clip.mp4');
  writeFileSync(path, contents);
  return { contents, file: { path, contentType: 'video/mp4' } };
}

const incomplete = (reply: ServerResponse, have: number): void => {
  reply.writeHead(308, have > 0 ? { range: `bytes=0-${have - 1}` } : {}).end();
};

test('a file arrives whole, in chunks', async () => {
  const { contents, file } = clip(2_500_000);
  const server = await receiver((_number, have, reply, keep) => {
    keep();
    if (have() < contents.length) incomplete(reply, have());
    else reply.writeHead(200).end();
  });
  await uploadResumably(server.url, file, new AbortController().signal);
  expect(server.bytes().equals(contents)).toBe(true);
  expect(server.ranges).toEqual([
    'bytes 0-1048575/2500000',
    'bytes 1048576-2097151/2500000',
    'bytes 2097152-2499999/2500000',
  ]);
});

test('after a dropped connection it asks how far the server got and goes on from there', async () => {
  const { contents, file } = clip(1_500_000);
  const server = await receiver((number, have, reply, keep) => {
    if (number === 2) return void reply.destroy();
    if (number !== 3) keep();
    if (have() < contents.length) incomplete(reply, have());
    else reply.writeHead(200).end();
  });
  await uploadResumably(server.url, file, new AbortController().signal);
  expect(server.bytes().equals(contents)).toBe(true);
  expect(server.ranges).toEqual([
    'bytes 0-1048575/1500000',
    'bytes 1048576-1499999/1500000',
    'bytes */1500000',
    'bytes 1048576-1499999/1500000',
  ]);
});

test('a refusal is not tried again', async () => {
  const { file } = clip(1_000);
  const server = await receiver((_number, _have, reply) => void reply.writeHead(403).end());
  await expect(uploadResumably(server.url, file, new AbortController().signal)).rejects.toThrow(/answered with 403/);
  expect(server.ranges).toHaveLength(1);
});
