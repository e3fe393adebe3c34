import { readFile, writeFile } from 'node:fs/promises';
import { argv, exit, stderr, stdout } from 'node:process';

/**
 * Command line of a document that is generated from code: prints it, `--write FILE` writes it, `--check FILE` exits with 1 when
 * the file is not what the code would write.
 */
export async function runGeneratedDocument(document: string, options: { readonly command: string }): Promise<void> {
  const [flag, file, ...rest] = argv.slice(2);
  if (flag === undefined) {
    stdout.write(document);
    return;
  }
  if (flag === '--help') {
    stdout.write(`Usage: ${options.command} [--write FILE | --check FILE]\nWithout a flag the document is printed.\n`);
    return;
  }
  if ((flag !== '--write' && flag !== '--check') || file === undefined || rest.length > 0) {
    stderr.write(`Usage: ${options.command} [--write FILE | --check FILE]\n`);
    exit(2);
  }
  if (flag === '--write') {
    await writeFile(file, document);
    return;
  }
  const present = await readFile(file, 'utf8').catch(() => undefined);
  if (present !== document) {
    stderr.write(
      `${file} is ${present === undefined ? 'missing' : 'out of date'}. Run: ${options.command} --write ${file}\n`,
    );
    exit(1);
  }
}
