import { runCommand } from './launcher/command.ts';

process.exitCode = await runCommand(process.argv.slice(2));
