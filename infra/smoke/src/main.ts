import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findWalker, UsageError } from './product.ts';
import { type Step, walk } from './walk.ts';

const help = `Usage: pnpm smoke --url URL [options]

Walks through what matters most on any environment: make a share link on a probe video, play it (token, manifest, first segment), revoke it, see
that no new token is given, and then that the token which is out plays nothing any more. Prints each step with its time. Exits 1 when a
step is not as it must be, 2 when it cannot be begun.

  --url URL        the product, such as http://127.0.0.1:4000
  --video ID       the video to probe; needed but on an environment with the local issuer, where the newest that is ready is taken
  --persona NAME   who walks, at the local issuer (default user_amelia_hart)
  --until HOW      cut: the video is cut off, and what is out is refused within seconds (default)
                   expiry: wait until the token ends by itself, 15 minutes at most
                   revoked: do not wait for it
  --json           one JSON object a line; the last is {"ok", "revokedAfterMs"}

Elsewhere, SMOKE_TOKEN is the session token of the coach whose video it is, or of an admin; it lives for a minute, so take it right before. A cut
needs one whose holder has confirmed within ten minutes that it is them.
`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const lineOf = ({ step, ms, ok, error }: Step): string =>
  `${ok ? 'ok  ' : 'FAIL'} ${step.padEnd(17)} ${String(ms).padStart(7)} ms${error === undefined ? '' : `  ${error}`}`;

const untilShape = z.enum(['cut', 'expiry', 'revoked']);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      url: { type: 'string' },
      video: { type: 'string' },
      persona: { type: 'string', default: 'user_amelia_hart' },
      until: { type: 'string', default: 'cut' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(help);
    return 0;
  }
  const until = untilShape.safeParse(values.until);
  if (values.url === undefined || !/^https?:$/.test(URL.parse(values.url)?.protocol ?? '')) {
    throw new UsageError('Say where with --url, such as http://127.0.0.1:4000.');
  }
  if (!until.success) {
    throw new UsageError('--until is cut, expiry or revoked.');
  }
  if (values.video !== undefined && !z.uuid().safeParse(values.video).success) {
    throw new UsageError('--video is the id of a video.');
  }
  const token = process.env.SMOKE_TOKEN;
  if (token !== undefined && token !== '' && values.video === undefined) {
    throw new UsageError('Name the video to probe with --video: whoever watches it may be interrupted.');
  }
  const app = new URL(values.url).origin;
  const result = await walk({
    app,
    walker: await findWalker(app, token, values.persona),
    videoId: values.video,
    until: until.data,
    onStep: (step) => say(values.json ? JSON.stringify(step) : lineOf(step)),
  });
  say(
    values.json
      ? JSON.stringify(result)
      : result.ok
        ? `A revoked link was refused after ${result.revokedAfterMs} ms.`
        : 'Not as it must be.',
  );
  return result.ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
