import type { Mutant } from './mutants.ts';

/** The end of the statement or expression that begins with a call at `start`: the index after its closing parenthesis. */
function endOfCall(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = start; i < text.length; i += 1) {
    const character = text[i];
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === '(') depth += 1;
    if (character === ')') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  throw new Error('A call without an end.');
}

type Weakening = { pattern: RegExp; what: string; replace: (found: string) => string; isCall: boolean };

const weakenings: Weakening[] = [
  // A guard is gone.
  { pattern: /perform app\.fail\(/g, what: 'does not refuse', replace: () => 'null', isCall: true },
  { pattern: /perform app\.refuse_fields\(/g, what: 'does not refuse fields', replace: () => 'null', isCall: true },
  { pattern: /perform authz\.use_confirmation\(/g, what: 'needs no confirmation', replace: () => 'null', isCall: true },
  { pattern: /perform app\.check_token_ttl\(/g, what: 'takes any life', replace: () => 'null', isCall: true },
  // The caller is not asked about.
  { pattern: /authz\.can_manage\(/g, what: 'lets everybody manage', replace: () => 'true', isCall: true },
  {
    pattern: /[a-z]\.coach_id = authz\.profile_id\(\)/g,
    what: 'takes any coach',
    replace: () => 'true',
    isCall: false,
  },
  { pattern: /authz\.profile_id\(\) = coach_id/g, what: 'takes any coach', replace: () => 'true', isCall: false },
  { pattern: /p\.suspended_at is null/g, what: 'forgets suspensions', replace: () => 'true', isCall: false },
  {
    pattern: /authz\.require_profile\(\)/g,
    what: 'needs no profile',
    replace: () => 'authz.profile_id()',
    isCall: false,
  },
  // A branch of a decision is gone.
  {
    pattern: /when [^\n]*? then 'play\.(?!allowed)[a-z_]+'/g,
    what: 'forgets a rule',
    replace: (found) => found.replace(/^when .* then/, 'when false then'),
    isCall: false,
  },
  // A limit is ten times as wide.
  {
    pattern: /^ ?(?:AS \$function\$ )?select (?:interval ')?\d+/gm,
    what: 'is ten times as wide',
    replace: (found) => `${found}0`,
    isCall: false,
  },
];

/** The definition of a function with one guard fewer, once for each guard that it has. */
export function weakenBodies({ signature, definition }: { signature: string; definition: string }): Mutant[] {
  return weakenings.flatMap(({ pattern, what, replace, isCall }) => {
    // Limits are functions that hold one number and nothing else.
    if (what === 'is ten times as wide' && !/^(app\.(max|uploads)_|authz\.confirmation_minutes)/.test(signature))
      return [];
    // The header names the function itself.
    const body = definition.indexOf('AS $function$');
    return [...definition.matchAll(pattern)]
      .filter(({ index }) => index > body)
      .map((match, i): Mutant => {
        const end = isCall ? endOfCall(definition, match.index) : match.index + match[0].length;
        const found = definition.slice(match.index, end);
        const told = /'[a-z_]+\.[a-z_]+'/.exec(found)?.[0];
        return {
          kind: 'function body',
          title: `${signature} ${what} (${told ?? `${i + 1}`})`,
          target: signature,
          apply: definition.slice(0, match.index) + replace(found) + definition.slice(end),
        };
      });
  });
}
