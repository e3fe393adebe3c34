import { expect, test } from 'vitest';
import { PERSONAS } from '../../src/identity/personas.ts';
import { summaryTable } from '../../src/launcher/summary-table.ts';

test('the table’s lines are equally long, whatever is in them', () => {
  const table = summaryTable({
    places: [
      ['Admin', 'http://127.0.0.1:4000/admin/'],
      ['Mailbox and Slack', 'http://127.0.0.1:4003/'],
    ],
    personas: Object.values(PERSONAS),
    shareLink: 'http://127.0.0.1:4000/s/abc#0123456789abcdefghijkl',
    notes: [['To stop', 'Ctrl-C']],
  });
  const lines = table.split('\n');
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(table).toContain('│ Sign in as        │ Amelia Hart (coach)');
  expect(table).toContain('http://127.0.0.1:4000/s/abc#0123456789abcdefghijkl');
});
