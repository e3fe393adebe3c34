import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderCatalogue } from './catalogue.ts';
import { renderDataCatalogue } from './data-catalogue.ts';
import { root } from './files.ts';
import { renderMatrixOf } from './matrix.ts';
import { withScratchDatabase } from './scratch.ts';
import { renderStateMachines } from './state-machines.ts';
import { renderTypes } from './types.ts';

/** The committed files that are made from the database, and what makes them. */
const generatedFiles: Record<string, (adminUrl: string) => Promise<string>> = {
  'sql/generated/database.ts': renderTypes,
  'policies/README.md': renderMatrixOf,
  'docs/explanation/state-machines.md': renderStateMachines,
  'docs/reference/data-catalogue.md': renderDataCatalogue,
  'sql/generated/catalogue.txt': renderCatalogue,
};

async function render(): Promise<Map<string, string>> {
  return withScratchDatabase(async (adminUrl) => {
    const texts = new Map<string, string>();
    for (const [path, make] of Object.entries(generatedFiles)) texts.set(path, await make(adminUrl));
    return texts;
  });
}

/** Writes every generated file anew. @returns their paths. */
export async function writeGeneratedFiles(): Promise<string[]> {
  const texts = await render();
  for (const [path, text] of texts) writeFileSync(join(root, path), text);
  return [...texts.keys()];
}

/** @returns the paths of committed files that are not what would be written. */
export async function findStaleFiles(): Promise<string[]> {
  const texts = await render();
  return [...texts].filter(([path, text]) => readFileSync(join(root, path), 'utf8') !== text).map(([path]) => path);
}
