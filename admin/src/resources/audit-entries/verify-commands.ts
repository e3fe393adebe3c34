import { checkpointUrl } from './checkpoint.ts';

const keysFile = 'audit-keys.txt';
const checkpointFile = 'audit-checkpoint.txt';

/** Quoted for a shell where it has to be: a person may have given the file any name. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) && !name.startsWith('-') ? name : `'./${name.replaceAll("'", `'\\''`)}'`;
}

/** Checks an export against keys and a checkpoint that were kept. */
export function verifyCommand(fileName: string): string {
  return `node audit-verify.ts ${quoted(fileName)} --key ${keysFile} --checkpoint ${checkpointFile}`;
}

/** Fetches what an export is checked against. */
export function keepCommands(origin: string): string[] {
  return [
    `curl -fsS ${origin}/.well-known/audit-keys -o ${keysFile}`,
    `curl -fsS ${origin}${checkpointUrl} -o ${checkpointFile}`,
  ];
}
