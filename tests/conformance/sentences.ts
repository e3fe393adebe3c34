import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cell, type Role, roles, type Verb } from './declare.ts';

const folder = fileURLToPath(new URL('../../policies', import.meta.url));

/** A rule as a person reads it, and the table that its file is about. */
export type Sentence = { text: string; table: string };

/** The sentences at the head of every policy file. */
export function readSentences(): Sentence[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const head = text.slice(0, text.indexOf('\n\n'));
      const prose = head.replace(/^-- ?/gm, '').replaceAll('\n', ' ');
      return prose.split(/(?<=\.)\s+/).map((sentence) => ({ text: sentence, table: file.slice(0, -'.sql'.length) }));
    });
}

const people: [word: RegExp, role: Role][] = [
  [/\bcoach/i, 'mm_coach'],
  [/\badmin/i, 'mm_admin'],
  [/\bcompliance/i, 'mm_compliance'],
  [/\boperator/i, 'mm_operator'],
  [/\bauditor/i, 'mm_auditor'],
];

/** Whom a sentence is about: those it names before its verb; everybody who is signed in; or, for nobody, all. */
function rolesOf(text: string): readonly Role[] {
  const subject = text.split(/\b(?:reads?|sees?|changes?|writes?|makes?|inserts?|deletes?|is|are)\b/)[0] ?? '';
  const named = people.filter(([word]) => word.test(subject)).map(([, role]) => role);
  if (named.length > 0) return named;
  if (/^everybody/i.test(subject)) return people.map(([, role]) => role);
  return roles;
}

function verbsOf(text: string): readonly Verb[] {
  const reads = /\b(reads?|sees?)\b/.test(text);
  const writes = /\b(chang|writ|insert|delet|mak|mov|giv)/.test(text);
  if (reads && !writes) return ['select'];
  if (writes && !reads) return ['insert', 'update', 'delete'];
  return ['select', 'insert', 'update', 'delete'];
}

/** The declared cells that a sentence speaks of, on its table and on the views that show it. */
export function cellsOfSentence({ text, table }: Sentence, cells: readonly Cell[]): Cell[] {
  const who = rolesOf(text);
  const verbs = verbsOf(text);
  return cells.filter(
    ({ object, role, verb }) => object.rowsOf.split('.')[1] === table && who.includes(role) && verbs.includes(verb),
  );
}
