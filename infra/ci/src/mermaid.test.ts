import { expect, test } from 'vitest';
import { mermaidBlocks } from './mermaid-blocks.ts';
import { faultsOf } from './mermaid-parser.ts';

const page = `# Page

\`\`\`sh
echo mermaid
\`\`\`

\`\`\`mermaid
flowchart TD
  a["What was <b>asked</b>"] -->|yes| b
\`\`\`

- In a list:

  ~~~mermaid
  stateDiagram-v2
    [*] --> made: begin
  ~~~

\`\`\`mermaid
sequenceDiagram
  Viewer->>: watch
\`\`\`
`;

test('the blocks of a page are found with the line on which they begin', () => {
  expect(mermaidBlocks('page.md', page).map(({ line, text }) => [line, text.split('\n')[0]?.trim()])).toEqual([
    [8, 'flowchart TD'],
    [15, 'stateDiagram-v2'],
    [20, 'sequenceDiagram'],
  ]);
});

test('a diagram that mermaid cannot read is named with its file and line, and one that it can is not', async () => {
  const faults = await faultsOf(mermaidBlocks('page.md', page));
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(/^page\.md:20: Parse error on line 2/);
});

test('a block that nothing closes, of a kind that mermaid does not know, is a fault', async () => {
  const faults = await faultsOf(mermaidBlocks('page.md', '```mermaid\nflowchard TD\n  a --> b\n'));
  expect(faults).toEqual([expect.stringMatching(/^page\.md:2: No diagram type detected/)]);
});
