import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './steps.ts';
import { unreachableDocuments } from './unreachable-documents.ts';

test('a document that nothing reachable links to is named, also when it links to itself and to others', () => {
  const documents = new Map([
    ['docs/README.md', 'See [how](how-to/share.md#begin), [the site](https://example.com/lost.md).'],
    ['docs/how-to/share.md', 'See [why](../explanation/sharing.md).'],
    ['docs/explanation/sharing.md', 'Nothing further.'],
    ['docs/lost.md', 'See [how](how-to/share.md), [me](lost.md).'],
  ]);
  expect(unreachableDocuments(documents, 'docs/README.md')).toEqual(['docs/lost.md']);
});

test('every document is reached from docs/README.md', () => {
  const paths = globSync('docs/**/*.md', { cwd: root });
  const documents = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  expect(documents.size).toBeGreaterThan(50);
  expect(unreachableDocuments(documents, 'docs/README.md')).toEqual([]);
});
