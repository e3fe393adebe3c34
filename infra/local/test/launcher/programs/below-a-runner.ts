// What a package script starts: runs until a process of the chain above it is gone.
import { runnerChain, watchRunners } from '../../../src/launcher/runner-chain.ts';

const chain = runnerChain();
watchRunners(() => process.exit(0), chain);
setInterval(() => {}, 60_000);
process.stdout.write(`${JSON.stringify({ pid: process.pid, chain: chain.map(({ pid }) => pid) })}\n`);
