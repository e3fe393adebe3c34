/** A diagram as it stands in a file. */
export type Diagram = {
  file: string;
  /** Line of the file, from 1, on which the diagram's text begins. */
  line: number;
  text: string;
};

/** The fenced blocks of a Markdown file whose language is mermaid; the fence may be indented, in a list. */
export function mermaidBlocks(file: string, markdown: string): Diagram[] {
  const diagrams: Diagram[] = [];
  let open: { fence: string; line: number; isMermaid: boolean; lines: string[] } | undefined;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const [, fence = '', info = ''] = /^\s*(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== '') open = { fence, line: index + 2, isMermaid: /^mermaid\b/.test(info), lines: [] };
    } else if (fence.startsWith(open.fence) && info.trim() === '') {
      if (open.isMermaid) diagrams.push({ file, line: open.line, text: open.lines.join('\n') });
      open = undefined;
    } else {
      open.lines.push(line);
    }
  }
  // A block that nothing closes goes on to the end, as on the page.
  if (open?.isMermaid) diagrams.push({ file, line: open.line, text: open.lines.join('\n') });
  return diagrams;
}
