import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagram, mermaidBlocks } from './mermaid-blocks.ts';
import { faultsOf } from './mermaid-parser.ts';
import { say } from './output.ts';
import { root } from './steps.ts';

/** Parses every diagram of the documents: the blocks of Markdown files, and the files of their own. */
const exclude = ['**/node_modules/**', '**/.*/**', '**/dist/**', '**/test-results/**'];
const diagrams = globSync('**/*.{md,mmd}', { cwd: root, exclude }).flatMap((file): Diagram[] => {
  const text = readFileSync(join(root, file), 'utf8');
  return file.endsWith('.mmd') ? [{ file, line: 1, text }] : mermaidBlocks(file, text);
});
const faults = await faultsOf(diagrams);
for (const fault of faults) say(fault);
// None at all means that they were not found.
say(`${diagrams.length} diagrams, ${faults.length} of them broken`);
if (faults.length > 0 || diagrams.length === 0) process.exitCode = 1;
