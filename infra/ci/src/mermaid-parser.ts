import { Window } from 'happy-dom';
import type { Diagram } from './mermaid-blocks.ts';

/**
 * What is wrong with diagrams, by mermaid's own parser, in one line each: those of every kind that mermaid draws. How a diagram looks is not asked:
 * that takes a browser.
 * @returns nothing for diagrams that mermaid would draw
 */
export async function faultsOf(diagrams: readonly Diagram[]): Promise<string[]> {
  const { default: mermaid } = await loadMermaid();
  const faults: string[] = [];
  for (const { file, line, text } of diagrams) {
    try {
      await mermaid.parse(text);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      faults.push(`${file}:${line}: ${said.split('\n').filter(Boolean).join(' | ')}`);
    }
  }
  return faults;
}

/** Mermaid cleans labels with DOMPurify, which looks for a document when it is loaded; without one flowcharts cannot be read at all. */
async function loadMermaid() {
  if (!('window' in globalThis)) {
    const window = new Window();
    Object.assign(globalThis, { window, document: window.document });
  }
  return await import('mermaid');
}
