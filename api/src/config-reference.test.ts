import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { renderConfigReference } from './config-reference.ts';
import { environmentSchema } from './config-schema.ts';

it('every variable stands in the reference once, with a sentence', () => {
  const document = renderConfigReference();
  for (const [name, schema] of Object.entries(environmentSchema.shape)) {
    expect(schema.description, name).toMatch(/\.$/);
    expect(document.match(new RegExp(`^\\| \`${name}\` \\|`, 'gm')), name).toHaveLength(1);
  }
});

it('docs/reference/configuration.md is what the schema says', async () => {
  const file = new URL('../../docs/reference/configuration.md', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(renderConfigReference());
});
