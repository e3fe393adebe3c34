// What a package script starts: runs until a process of the chain above it is gone.
import { runnerChain, watchRunners } from '../../../src/launcher/runner-chain.ts';

process.stdout.write(`${JSON.stringify({ pid: process.pid, chain: runnerChain().map(({ pid }) => pid) })}\n`);
watchRunners(() => process.exit(0));
setInterval(() => {}, 60_000);
