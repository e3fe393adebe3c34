import pg, { type ClientBase } from 'pg';

type Machine = { title: string; function: string; begins: readonly string[]; text: string };
type Transition = { from_state: string; to_state: string };

/** Every function `app.*_transitions()`, with what a reader should know besides the picture. */
const machines: readonly Machine[] = [
  {
    title: 'Upload',
    function: 'app.upload_transitions',
    begins: ['requested'],
    text: `\`app.upload_jobs.state\`. The coach's request, Mux's events, the reconciler and the coach's cancelling all move it. What is told
late counts only when it is further up: an upload that was cancelled while its last bytes arrived is \`ready\` when Mux says so.`,
  },
  {
    title: 'Video',
    function: 'app.video_transitions',
    begins: ['uploading'],
    text: `\`app.videos.status\`. It follows its upload until it is ready, and its asset after that. An upload that ran out of time leaves a
video that is \`errored\`.`,
  },
  {
    title: 'Mux asset',
    function: 'app.asset_transitions',
    begins: ['preparing'],
    text: '`app.mux_assets.status`, as Mux tells it.',
  },
  {
    title: 'Share link',
    function: 'app.share_transitions',
    begins: ['scheduled', 'active'],
    text: `\`status\` of \`api.share_tokens\`. Time moves it to \`active\` and \`expired\`, by a beginning that never changes and an end that a person
moves later while the link lives, up to 7 days after the beginning; a person moves it to \`revoked\`, once and for good. Whether its views are used
up is no state: those who have one go on watching.`,
  },
  {
    title: 'Webhook event',
    function: 'app.webhook_event_transitions',
    begins: ['received', 'quarantined'],
    text: `\`app.webhook_events.state\`. A failed attempt to fold an event leaves it \`received\`, to be tried again later, and after the last one
\`dead\`, until an operator or the job \`mux-dlq-replay\` replays it. An event whose signature was too old waits as \`quarantined\` and is never folded, unless the
provider delivers it with a fresh signature or an operator replays it. What an operator discards is never folded again, also when it is delivered with a
fresh signature.`,
  },
  {
    title: 'Erasure request',
    function: 'app.erasure_transitions',
    begins: ['requested'],
    text: `\`app.erasure_requests.state\`. Whoever it is about may withdraw it; compliance staff decline it, or approve it after confirming who
they are, when no legal hold stands. Nobody decides about their own account. What was approved is carried out by the worker, one step at a time;
a hold that is placed meanwhile stops what has not been begun.`,
  },
  {
    title: 'Step of an erasure',
    function: 'app.erasure_step_transitions',
    begins: ['planned'],
    text: `\`app.erasure_steps.state\`. One that failed is begun again, later each time. What must be done by hand is done when compliance staff say so.
What is kept stays as evidence, or goes with its month. Before the receipt is written every query of the evidence is asked once more; a step
whose query finds something again has failed.`,
  },
  {
    title: 'Signing key',
    function: 'app.signing_key_transitions',
    begins: ['created', 'active'],
    text: `\`app.signing_keys.state\`. A rotation creates a key at Mux, switches to it, and deletes the one before once none of its tokens can be out.
The key that was configured before the first rotation is written down as active.`,
  },
  {
    title: 'Cut of a playback',
    function: 'app.playback_cut_transitions',
    begins: ['requested'],
    text: `\`app.playback_cuts.state\`. The worker makes a new playback id at Mux, switches to it, has the old ones deleted, and asks the stream whether
it refuses them. An asset that is gone needs no new id. A step that fails is taken again; after the last attempt the cut has failed, and
another may be asked for.`,
  },
  {
    title: 'Invitation',
    function: 'app.invitation_transitions',
    begins: ['queued'],
    text: `\`app.invitations.state\`. The worker has the identity provider make the invitation and send the mail. The first sign-in of the invited
person accepts it; an administrator revokes it, or sends it again with a new link and a new end. Only one that is \`queued\` or \`sent\` and has not run
out lets anybody in.`,
  },
  {
    title: 'Webhook secret',
    function: 'app.webhook_secret_transitions',
    begins: ['pending', 'active', 'draining'],
    text: `\`app.webhook_secrets.state\`. Every secret that is not deleted is accepted. A new one is pending until a delivery signed with it has come;
then it is active and the one before drains, until the provider has not used it for a day. One that was never used may be withdrawn. The secrets that
were configured before the first rotation are written down as active and draining.`,
  },
  {
    title: 'Alert',
    function: 'app.alert_transitions',
    begins: ['firing'],
    text: `\`app.alerts.state\`. A program raises it and may clear it when its condition ends; operators and admins acknowledge and resolve it.
One that was acknowledged fires anew when it gets worse. While it is open, raising it again only counts.`,
  },
  {
    title: 'Delivery of a notice',
    function: 'app.delivery_transitions',
    begins: ['queued', 'suppressed'],
    text: `\`app.notification_deliveries.state\`. A failed attempt leaves it \`queued\`, to be tried again later, and the last one \`failed\`.
\`suppressed\` is what the person switched off, and mail to an address that bounced before.`,
  },
];

const key = ({ from_state, to_state }: Transition) => `${from_state} --> ${to_state}`;

/** Steps that cannot be made by two others; all of them unless every two steps in a row are one step as well. */
function drawn(transitions: readonly Transition[]): { steps: readonly Transition[]; mayJump: boolean } {
  const known = new Set(transitions.map(key));
  const composed = transitions.flatMap((one) =>
    transitions
      .filter((next) => next.from_state === one.to_state)
      .map((next) => key({ from_state: one.from_state, to_state: next.to_state })),
  );
  if (composed.length === 0 || composed.some((step) => !known.has(step))) return { steps: transitions, mayJump: false };
  const indirect = new Set(composed);
  return { steps: transitions.filter((step) => !indirect.has(key(step))), mayJump: true };
}

function diagram({ title, function: name, begins, text }: Machine, transitions: readonly Transition[]): string {
  const { steps, mayJump } = drawn(transitions);
  const states = [...new Set(transitions.flatMap(({ from_state, to_state }) => [from_state, to_state]))];
  const last = states.filter((state) => !transitions.some(({ from_state }) => from_state === state));
  const jump = mayJump
    ? '\n\nSeveral arrows may be followed at once, leaving states out; none is ever followed backwards.'
    : '';
  const arrows = [
    ...begins.map((state) => `[*] --> ${state}`),
    ...steps.map(key),
    ...last.map((state) => `${state} --> [*]`),
  ];
  return `## ${title}\n\n${text}${jump}\n\n\`\`\`mermaid\nstateDiagram-v2\n${arrows.map((arrow) => `  ${arrow}`).join('\n')}\n\`\`\`\n\nFrom \`${name}()\`.`;
}

async function readTransitions(client: ClientBase, name: string): Promise<Transition[]> {
  const { rows } = await client.query<Transition>(`select from_state, to_state from ${name}()`);
  return rows;
}

/**
 * The text of docs/explanation/state-machines.md, from a deployed database.
 * @throws Error when the database has a machine that is not described here.
 */
export async function renderStateMachines(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select p.oid::regproc::text as name from pg_catalog.pg_proc p
       where p.pronamespace = 'app'::regnamespace and p.proname like '%\\_transitions' order by 1`,
    );
    const described = machines.map((machine) => machine.function).sort();
    const missing = rows.filter(({ name }) => !described.includes(name));
    if (missing.length > 0) throw new Error(`Not described: ${missing.map(({ name }) => name).join(', ')}.`);
    const parts: string[] = [];
    for (const machine of machines) parts.push(diagram(machine, await readTransitions(client, machine.function)));
    return `<!-- Generated by \`pnpm db:types\`. Do not edit. -->

# What becomes of things

Each of these has one function in the database that says what it may become, and a trigger that refuses everything else to everybody, the
owner of the tables included (\`sql/functions/app/transitions.sql\`). The pictures are drawn from those functions.

${parts.join('\n\n')}
`;
  } finally {
    await client.end();
  }
}
