import type { PersonaName } from '../src/index.ts';

/** Rows of the arranged world, by name; see world.ts. */
export type RowName =
  | `${'amelia' | 'ben'}.${'video' | 'upload' | 'share' | 'revoked share' | 'play' | 'refusal' | 'video created' | 'share created'}`
  | 'stranger.refusal'
  | 'inbox.event'
  | `${PersonaName}.profile`;

const bothCoaches = (...things: ('video' | 'upload' | 'share' | 'revoked share' | 'play' | 'refusal')[]): RowName[] =>
  things.flatMap((thing): RowName[] => [`amelia.${thing}`, `ben.${thing}`]);

const everybody: PersonaName[] = ['amelia', 'ben', 'priya', 'helen', 'tomas', 'grace'];
const profiles: RowName[] = everybody.map((name): RowName => `${name}.profile`);
const decisions: RowName[] = [...bothCoaches('play', 'refusal'), 'stranger.refusal'];
const entries: RowName[] = ['amelia.video created', 'ben.video created', 'amelia.share created', 'ben.share created'];

/** `denied`: the door refuses the statement itself; a list: exactly these rows, no matter how many more there are. */
export type Outcome = 'denied' | RowName[];

export type ReadCase = { rule: string; view: string; table: string; who: PersonaName | null; sees: Outcome };

function reads(
  view: string,
  table: string,
  cases: [rule: string, who: (PersonaName | null)[], sees: Outcome][],
): ReadCase[] {
  return cases.flatMap(([rule, who, sees]) => who.map((person) => ({ rule, view, table, who: person, sees })));
}

/** Who sees which rows: for each view of the api every role, and nobody. */
export const readCases: ReadCase[] = [
  ...reads('profiles', 'app.profiles', [
    ['an admin reads every profile', ['priya'], profiles],
    ['without a token nothing can be read', [null], 'denied'],
  ]),
  ...everybody.flatMap((name) =>
    reads('me', 'app.profiles', [['everybody who is signed in reads their own profile', [name], [`${name}.profile`]]]),
  ),
  ...reads('videos', 'app.videos', [
    ['a coach reads their own videos', ['amelia'], ['amelia.video']],
    ["a coach cannot read another coach's videos", ['ben'], ['ben.video']],
    ['an admin reads every video', ['priya'], bothCoaches('video')],
    ['nobody else sees a video', ['helen', 'tomas', 'grace', null], 'denied'],
  ]),
  ...reads('upload_jobs', 'app.upload_jobs', [
    ['a coach reads their own uploads', ['amelia'], ['amelia.upload']],
    ["a coach cannot read another coach's uploads", ['ben'], ['ben.upload']],
    ['an admin reads every upload', ['priya'], bothCoaches('upload')],
    ['nobody else sees an upload', ['helen', 'grace', null], 'denied'],
  ]),
  ...reads('upload_progress', 'app.upload_jobs', [
    ['an operator reads how far every upload has come', ['tomas'], bothCoaches('upload')],
    ['nobody else sees how far an upload has come', ['helen', 'grace', null], 'denied'],
  ]),
  ...reads('share_tokens', 'app.share_tokens', [
    ['a coach reads the share links of their own videos', ['amelia'], ['amelia.share', 'amelia.revoked share']],
    ["a coach cannot read another coach's share tokens", ['ben'], ['ben.share', 'ben.revoked share']],
    ['an admin reads every share link', ['priya'], bothCoaches('share', 'revoked share')],
    ['nobody else sees a share link', ['helen', 'tomas', 'grace', null], 'denied'],
  ]),
  ...reads('playback_decisions', 'app.playback_decisions', [
    ['a coach reads the decisions about their own videos', ['amelia'], ['amelia.play', 'amelia.refusal']],
    ["a coach cannot read the decisions about another coach's videos", ['ben'], ['ben.play', 'ben.refusal']],
    ['an admin, compliance staff and an auditor read every decision', ['priya', 'helen', 'grace'], decisions],
    ['nobody else reads a decision', ['tomas', null], 'denied'],
  ]),
  ...reads('audit_entries', 'audit.entries', [
    ['a coach reads the entries about what is theirs', ['amelia'], ['amelia.video created', 'amelia.share created']],
    [
      "a coach cannot read the entries about another coach's things",
      ['ben'],
      ['ben.video created', 'ben.share created'],
    ],
    ['an admin, compliance staff and an auditor read the whole audit log', ['priya', 'helen', 'grace'], entries],
    ['nobody else reads the audit log', ['tomas', null], 'denied'],
  ]),
  ...reads('webhook_events', 'app.webhook_events', [
    ['an operator and an admin read the inbox', ['tomas', 'priya'], ['inbox.event']],
    ['nobody else reads the inbox', ['amelia', 'ben', 'helen', 'grace', null], 'denied'],
  ]),
];

export type UpdateCase = {
  rule: string;
  view: string;
  table: string;
  who: PersonaName | null;
  set: Record<string, string>;
  row: RowName;
  /** changed; hidden: no such row for this caller; denied: no such right. */
  outcome: 'changed' | 'hidden' | 'denied';
};

function updates(
  view: string,
  table: string,
  set: Record<string, string>,
  cases: [rule: string, who: (PersonaName | null)[], row: RowName, outcome: UpdateCase['outcome']][],
): UpdateCase[] {
  return cases.flatMap(([rule, who, row, outcome]) =>
    who.map((person) => ({ rule, view, table, who: person, set, row, outcome })),
  );
}

/** Who changes which rows. */
export const updateCases: UpdateCase[] = [
  ...updates('videos', 'app.videos', { title: 'New title', description: 'New notes' }, [
    ['a coach changes the title and description of their own videos', ['amelia'], 'amelia.video', 'changed'],
    ["a coach cannot change another coach's videos", ['amelia'], 'ben.video', 'hidden'],
    ['an admin changes the title and description of every video', ['priya'], 'ben.video', 'changed'],
    ['nobody else changes a video', ['helen', 'tomas', 'grace', null], 'amelia.video', 'denied'],
  ]),
  ...updates('videos', 'app.videos', { status: 'deleted' }, [
    [
      'nobody changes the status of a video',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'amelia.video',
      'denied',
    ],
  ]),
  ...updates('videos', 'app.videos', { coach_id: '01900000-0000-7000-8000-000000000000' }, [
    [
      'nobody gives a video to somebody else',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'amelia.video',
      'denied',
    ],
  ]),
  ...updates('share_tokens', 'app.share_tokens', { label: 'New label' }, [
    ['a coach changes the label of their own share links', ['amelia'], 'amelia.share', 'changed'],
    ["a coach cannot change another coach's share links", ['amelia'], 'ben.share', 'hidden'],
    ['an admin changes the label of every share link', ['priya'], 'ben.share', 'changed'],
    ['nobody else changes a share link', ['helen', 'tomas', 'grace', null], 'amelia.share', 'denied'],
  ]),
  ...updates('share_tokens', 'app.share_tokens', { expires_at: '2999-01-01T00:00:00Z' }, [
    ['nobody prolongs a share link', ['amelia', 'priya', 'helen', 'tomas', 'grace', null], 'amelia.share', 'denied'],
  ]),
  ...updates('share_tokens', 'app.share_tokens', { revoked_at: '2020-01-01T00:00:00Z' }, [
    [
      'nobody revokes or restores a share link by an update',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'amelia.share',
      'denied',
    ],
  ]),
  ...updates('profiles', 'app.profiles', { role: 'admin' }, [
    [
      'nobody changes a role by an update',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'amelia.profile',
      'denied',
    ],
  ]),
  ...updates('upload_jobs', 'app.upload_jobs', { state: 'ready' }, [
    [
      'nobody changes an upload by an update',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'amelia.upload',
      'denied',
    ],
  ]),
  ...updates('playback_decisions', 'app.playback_decisions', { rule: 'play.allowed' }, [
    ['nobody changes a decision', ['amelia', 'priya', 'helen', 'tomas', 'grace', null], 'amelia.refusal', 'denied'],
  ]),
  ...updates('audit_entries', 'audit.entries', { reason: 'another' }, [
    [
      'nobody changes an entry of the audit log',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'amelia.video created',
      'denied',
    ],
  ]),
  ...updates('webhook_events', 'app.webhook_events', { state: 'processed' }, [
    [
      'nobody changes an event by an update',
      ['amelia', 'priya', 'helen', 'tomas', 'grace', null],
      'inbox.event',
      'denied',
    ],
  ]),
];

/** Objects that nobody inserts into or deletes from, by any door: everything is made by functions. */
export const writeOnceObjects: { view: string; table: string }[] = [
  { view: 'profiles', table: 'app.profiles' },
  { view: 'videos', table: 'app.videos' },
  { view: 'upload_jobs', table: 'app.upload_jobs' },
  { view: 'share_tokens', table: 'app.share_tokens' },
  { view: 'playback_decisions', table: 'app.playback_decisions' },
  { view: 'audit_entries', table: 'audit.entries' },
  { view: 'webhook_events', table: 'app.webhook_events' },
];

/** Tables that no caller may even read, by any door. */
export const closedTables = ['app.mux_assets', 'authz.identity_providers', 'deploy.repeatables', 'pgboss.job'];
