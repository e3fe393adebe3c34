import type { Pool } from 'pg';
import type { PersonaName } from '../src/index.ts';
import { personas } from '../src/personas.ts';
import {
  canaryArrangements,
  invitationArrangements,
  keyArrangements,
  noticeArrangements,
  operationArrangements,
  playbackCutArrangements,
  reconciliationArrangements,
  settingArrangements,
} from './arrangements.ts';
import { abuseArrangements } from './declarations/abuse.ts';
import { webVitalsArrangements } from './declarations/web-vitals.ts';
import type { Relation, Role } from './declare.ts';

/** Who asks for each role; nobody and the service itself are no person. */
export const personOf: Record<Role, PersonaName | null> = {
  mm_anon: null,
  mm_coach: 'amelia',
  mm_admin: 'priya',
  mm_compliance: 'helen',
  mm_operator: 'tomas',
  mm_auditor: 'grace',
  mm_service: null,
};

/** The person whose rows are somebody else's, for every caller. */
const other: PersonaName = 'ben';

export type Arrangement = {
  /** One row of the person with profile $1; everybody gets one, so that a former coach who is staff now is met too. */
  own?: string;
  /** A row that belongs to no person. */
  nobody?: string;
};

/**
 * A row of every table for every person, straight into the tables (no trigger runs, so that states can be had that take days). In an
 * order in which foreign keys are satisfied. A table without an entry has no rows that anybody could reach: then the cells fail to
 * be covered.
 */
const arrangements: Record<string, Arrangement> = {
  'app.profiles': { own: 'select id::text as key from app.profiles where id = $1' },
  'app.videos': {
    own: `insert into app.videos (coach_id, title, description, status) values ($1, 'Squat', 'Notes', 'ready') returning id::text as key`,
  },
  'app.upload_jobs': {
    own: `insert into app.upload_jobs (video_id, coach_id, file_name, file_size_bytes, content_type, expires_at, mux_upload_id)
          select v.id, v.coach_id, 'squat.mp4', 1000, 'video/mp4', now() + interval '1 hour', 'upload-' || v.id
          from app.videos v where v.coach_id = $1 returning id::text as key`,
  },
  'app.mux_assets': {
    own: `insert into app.mux_assets (id, video_id, upload_job_id, status, playback_id, created_at, ready_at)
          select 'asset-' || j.id, j.video_id, j.id, 'ready', 'playback-' || j.id, now(), now()
          from app.upload_jobs j where j.coach_id = $1 returning id as key`,
    nobody: `insert into app.mux_assets (id, created_at) values ('asset-of-nobody', now()) returning id as key`,
  },
  'app.webhook_events': {
    nobody: `insert into app.webhook_events (provider, event_id, type, body, signed_at)
             values ('mux', 'event-1', 'video.asset.ready', '{}', now()) returning id::text as key`,
  },
  'app.webhook_attempts': {
    nobody: `insert into app.webhook_attempts (webhook_event_id, no, replay_no, error)
             select e.id, 1, 0, 'It broke.' from app.webhook_events e returning webhook_event_id::text as key`,
  },
  'app.job_runs': {
    nobody: `insert into app.job_runs (job) values ('upkeep') returning id::text as key`,
  },
  'app.webhook_receipts': {
    nobody: `insert into app.webhook_receipts (provider, event_id, webhook_event_id)
             select e.provider, e.event_id, e.id from app.webhook_events e returning event_id as key`,
  },
  'app.webhook_refusals': {
    nobody: `insert into app.webhook_refusals (day, provider, reason, refused, first_at, last_at)
             values ('2026-01-01', 'mux', 'mismatch', 3, now(), now()) returning reason as key`,
  },
  'app.share_tokens': {
    own: `insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, label, created_by, expires_at)
          select left(md5(v.id::text), 12), sha256(v.id::text::bytea), v.id, v.coach_id, 'For the team', v.coach_id,
                 now() + interval '5 days'
          from app.videos v where v.coach_id = $1 returning id::text as key`,
  },
  'app.share_recipients': {
    own: `insert into app.share_recipients (share_token_id, coach_id, kind, value)
          select t.id, t.coach_id, 'email', 'ann@club.example' from app.share_tokens t where t.coach_id = $1 returning id::text as key`,
  },
  'app.share_views': {
    own: `insert into app.share_views (share_token_id, view_no, session_id, coach_id)
          select t.id, 1, uuidv7(), t.coach_id from app.share_tokens t where t.coach_id = $1 returning share_token_id::text as key`,
  },
  'app.share_code_challenges': {
    own: `insert into app.share_code_challenges (id, share_token_id, coach_id, address_hash, code_hash, expires_at, state, finished_at)
          select uuidv7(), t.id, t.coach_id, sha256('an address'), sha256('code'), now() + interval '10 minutes', 'sent', now()
          from app.share_tokens t where t.coach_id = $1 returning id::text as key`,
  },
  'app.share_proof_attempts': {
    own: `insert into app.share_proof_attempts (kind, rule, share_token_id, coach_id, public_id, address_hash, ip_hash)
          select 'code', 'proof.code_wrong', t.id, t.coach_id, t.public_id, sha256('an address'), sha256('address')
          from app.share_tokens t where t.coach_id = $1 returning id::text as key`,
    nobody: `insert into app.share_proof_attempts (kind, rule, public_id) values ('code', 'play.unknown_link', 'unknownlink1')
             returning id::text as key`,
  },
  'app.revocations': {
    own: `insert into app.revocations (revoked_at, revoked_by, reason, token_count, last_byte_possible_by)
          values (now(), $1, 'Season is over', 1, now()) returning id::text as key`,
  },
  'app.revoked_tokens': {
    own: `insert into app.revoked_tokens (share_token_id, revocation_id, coach_id, last_byte_possible_by)
          select uuidv7(), r.id, t.coach_id, now() from app.share_tokens t join app.revocations r on r.revoked_by = t.coach_id
          where t.coach_id = $1 returning share_token_id::text as key`,
  },
  'app.retention_policies': {
    nobody: `select id as key from app.retention_policies where id = 'webhook_events'`,
  },
  'app.dropped_months': {
    nobody: `insert into app.dropped_months (table_name, month_begins_at, row_count, keep_days)
             values ('webhook_events', '2020-01-01T00:00:00Z', 1, 90) returning id::text as key`,
  },
  'app.legal_holds': {
    own: `insert into app.legal_holds (profile_id, reason, placed_by) values ($1, 'Court order', $1) returning id::text as key`,
  },
  'app.erasure_requests': {
    own: `insert into app.erasure_requests (profile_id, reason, requested_by, due_at)
          values ($1, 'I am leaving', $1, now() + interval '24 hours') returning id::text as key`,
  },
  'app.erasure_steps': {
    own: `insert into app.erasure_steps (request_id, profile_id, system, phase, action, target, is_manual)
          select r.id, r.profile_id, 'clerk', 3, 'delete', 'account', true from app.erasure_requests r
          where r.profile_id = $1 returning id::text as key`,
  },
  'app.erasure_receipts': {
    own: `insert into app.erasure_receipts (request_id, profile_id, completed_at, body, sha256)
          select r.id, r.profile_id, now(), '{}', sha256('{}') from app.erasure_requests r
          where r.profile_id = $1 returning id::text as key`,
  },
  'app.erased_subjects': {
    own: `insert into app.erased_subjects (profile_id, request_id, salt, subject_hash)
          select r.profile_id, r.id, sha256('salt'), sha256('another subject') from app.erasure_requests r
          where r.profile_id = $1 returning profile_id::text as key`,
  },
  'app.playback_decisions': {
    own: `insert into app.playback_decisions (kind, allowed, rule, share_token_id, video_id, coach_id, public_id, ip_hash, token_expires_at)
          select 'share', true, 'play.allowed', t.id, t.video_id, t.coach_id, t.public_id, sha256('address'), now()
          from app.share_tokens t where t.coach_id = $1 returning id::text as key`,
    nobody: `insert into app.playback_decisions (kind, allowed, rule, public_id)
             values ('share', false, 'play.unknown_link', 'unknownlink1') returning id::text as key`,
  },
  'app.playback_events': {
    own: `insert into app.playback_events (session_id, sequence, session_started_at, occurred_at, share_token_id, video_id, coach_id, kind)
          select uuidv7(), 0, now(), now(), t.id, t.video_id, t.coach_id, 'play'
          from app.share_tokens t where t.coach_id = $1 returning session_id::text as key`,
  },
  'app.playback_sessions': {
    own: `insert into app.playback_sessions (
            id, share_token_id, video_id, coach_id, recipient_id, started_at, last_event_at, event_count, is_played, is_measured, is_ended,
            watched_ms, watched_length_ms, played_ms, rebuffer_ms, error_count)
          select uuidv7(), r.share_token_id, t.video_id, r.coach_id, r.id, now(), now(), 1, true, true, false, '{[0,4000)}', 4000, 4000, 0, 0
          from app.share_recipients r join app.share_tokens t on t.id = r.share_token_id where r.coach_id = $1 returning id::text as key`,
  },
  'audit.entries': {
    own: `insert into audit.entries (actor_role, door, action, object_type, object_id, owner_id)
          values ('mm_coach', 'api', 'video.created', 'video', 'conformance', $1) returning id::text as key`,
    nobody: `insert into audit.entries (actor_role, door, action, object_type, object_id)
             values ('mm_service', 'worker', 'mux_asset.created', 'mux_asset', 'asset-of-nobody') returning id::text as key`,
  },
  'audit.disclosures': {
    own: `insert into audit.disclosures (entry_id, occurred_at, side, field, salt, value, owner_id)
          select e.id, e.occurred_at, 'after', 'title', sha256('salt'), '"Squat"', e.owner_id
          from audit.entries e where e.owner_id = $1 and e.object_id = 'conformance' returning entry_id::text as key`,
  },
  'audit.batches': {
    nobody: `insert into audit.batches (no, size, entries, root, previous, hash, sealed_at, watermark)
             values (7, 1, 1, sha256('root'), sha256('previous'), sha256('hash'), now(), '1') returning no::text as key`,
  },
  'audit.leaves': {
    own: `insert into audit.leaves (batch_no, leaf_index, entry_id, occurred_at, owner_id, hash)
          select 7, (select count(*) from audit.leaves), e.id, e.occurred_at, e.owner_id, sha256('leaf')
          from audit.entries e where e.owner_id = $1 and e.object_id = 'conformance' returning entry_id::text as key`,
  },
  'audit.tree_nodes': {
    nobody: `insert into audit.tree_nodes (level, place, hash) values (0, 7, sha256('node')) returning hash::text as key`,
  },
  'audit.checkpoints': {
    nobody: `insert into audit.checkpoints (size, entries, root, note, key_id, verifier_key, signed_at)
             values (7, 7, sha256('root'), 'note', '\\x01020304', 'example.test/audit+01020304+AQ==', now()) returning size::text as key`,
  },
  ...noticeArrangements,
  ...settingArrangements,
  ...operationArrangements,
  ...playbackCutArrangements,
  ...invitationArrangements,
  ...canaryArrangements,
  ...reconciliationArrangements,
  ...keyArrangements,
  ...abuseArrangements,
  ...webVitalsArrangements,
  'api.data_catalogue': {
    nobody: `select id as key from api.data_catalogue where id = 'app.videos.title'`,
  },
  'authz.sessions': {
    own: `insert into authz.sessions (id, profile_id) values ('session of ' || $1::uuid, $1) returning id as key`,
    nobody: `insert into authz.sessions (id) values ('session of nobody') returning id as key`,
  },
  'authz.confirmations': {
    own: `insert into authz.confirmations (session_id, profile_id, action, confirmed_at)
          values ('session of ' || $1::uuid, $1, 'profile.suspended', now()) returning id::text as key`,
  },
  'authz.identity_providers': {
    nobody: `insert into authz.identity_providers (issuer, audience) values ('https://other.test', 'another') returning issuer as key`,
  },
};

/** Keys of the arranged rows. */
export type World = {
  /** Relations that rows of this table can have to a caller. */
  relationsOf(table: string): Relation[];
  /** Key of the row that stands in this relation to a caller of this role. */
  keyOf(table: string, relation: Relation, role: Role): string;
};

/** Gives every person one row of every table, as the superuser. */
export async function arrangeConformanceWorld(admin: Pool): Promise<World> {
  const keys = new Map<string, string>();
  const client = await admin.connect();
  const insert = async (query: string, values: string[]): Promise<string> => {
    const { rows } = await client.query<{ key: string }>(query, values);
    const [row, second] = rows;
    if (row === undefined || second !== undefined) throw new Error(`Not one row is arranged by ${query}`);
    return row.key;
  };
  try {
    await client.query(`set session_replication_role = 'replica'`);
    for (const [table, { own, nobody }] of Object.entries(arrangements)) {
      for (const [name, { subject }] of Object.entries(personas)) {
        if (own === undefined) continue;
        const { rows } = await client.query<{ id: string }>('select id from app.profiles where subject = $1', [
          subject,
        ]);
        keys.set(`${table} of ${name}`, await insert(own, [rows[0]?.id ?? '']));
      }
      if (nobody !== undefined) keys.set(`${table} of nobody`, await insert(nobody, []));
    }
  } finally {
    await client.query('reset session_replication_role');
    client.release();
  }
  return {
    relationsOf: (table) => {
      const { own, nobody } = arrangements[table] ?? {};
      return [
        ...(own === undefined ? [] : (['own', 'other'] as const)),
        ...(nobody === undefined ? [] : (['nobody'] as const)),
      ];
    },
    keyOf: (table, relation, role) => {
      const whose = relation === 'own' ? personOf[role] : relation === 'other' ? other : 'nobody';
      const key = keys.get(`${table} of ${whose}`);
      if (key === undefined) throw new Error(`No row of ${table} is arranged for ${whose}.`);
      return key;
    },
  };
}
