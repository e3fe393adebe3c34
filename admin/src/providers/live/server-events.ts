export type ServerEvent = { event: string; id: string; data: string };

/**
 * The events of a `text/event-stream`, as far as `/api/live` uses it: every event has one line each of `event`, `id` and `data`. Read with
 * `fetch`, since the browser's own EventSource can only send its token in the address, where it would be logged.
 */
export async function* serverEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += decoder.decode(read.value, { stream: true });
      const blocks = text.split('\n\n');
      // The last block may go on in the next piece.
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const lines = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line]));
        const field = (name: string) => lines.get(name)?.slice(name.length + 2) ?? '';
        yield { event: field('event'), id: field('id'), data: field('data') };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
