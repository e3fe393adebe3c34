import type { Persona } from '../identity/personas.ts';

export type Summary = {
  places: readonly (readonly [name: string, address: string])[];
  personas: readonly Persona[];
  /** A link that works, or why there is none. */
  shareLink: string;
  notes: readonly (readonly [name: string, text: string])[];
};

/** The one table at the end of `start`: what runs where, whom to sign in as, a link to try, where the data is. */
export function summaryTable({ places, personas, shareLink, notes }: Summary): string {
  const sections: (readonly [string, string])[][] = [
    [...places],
    personas.map(({ name, role }, index) => [index === 0 ? 'Sign in as' : '', `${name} (${role})`] as const),
    [['Share link to try', shareLink]],
    [...notes],
  ];
  const rows = sections.flat();
  const nameWidth = Math.max(...rows.map(([name]) => name.length));
  const textWidth = Math.max(...rows.map(([, text]) => text.length));
  const rule = (left: string, middle: string, right: string): string =>
    `${left}${'─'.repeat(nameWidth + 2)}${middle}${'─'.repeat(textWidth + 2)}${right}`;
  const body = sections
    .map((section) =>
      section.map(([name, text]) => `│ ${name.padEnd(nameWidth)} │ ${text.padEnd(textWidth)} │`).join('\n'),
    )
    .join(`\n${rule('├', '┼', '┤')}\n`);
  return [rule('┌', '┬', '┐'), body, rule('└', '┴', '┘')].join('\n');
}
