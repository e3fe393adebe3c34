import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const call = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { env: { ...process.env, SMOKE_TOKEN: '', ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

describe('pnpm smoke', () => {
  it('explains itself', async () => {
    const { code, out } = await call(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: pnpm smoke --url URL/);
  });

  it.each([
    ['no address', [], {}, /--url/],
    ['an address of another kind', ['--url', 'ftp://127.0.0.1'], {}, /--url/],
    ['another way to end', ['--url', 'http://127.0.0.1:1', '--until', 'later'], {}, /--until/],
    ['a video that is no id', ['--url', 'http://127.0.0.1:1', '--video', 'mine'], {}, /--video/],
    ['a token and no video', ['--url', 'http://127.0.0.1:1'], { SMOKE_TOKEN: 'token' }, /--video/],
    ['an unknown option', ['--url', 'http://127.0.0.1:1', '--loud'], {}, /--loud/],
    ['nobody at the address', ['--url', 'http://127.0.0.1:1'], {}, /does not answer/],
  ] as [string, string[], Record<string, string>, RegExp][])('is not begun with %s', async (_what, args, env, told) => {
    const { code, out, err } = await call(args, env);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(told);
  });

  it('asks for a token where somebody else signs people in', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ environment: 'staging', identity: { provider: 'clerk', publishableKey: 'pk' } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, err } = await call(['--url', `http://127.0.0.1:${port}`]);
    server.close();
    expect(code).toBe(2);
    expect(err).toContain('SMOKE_TOKEN');
  });
});
