import type { Client } from 'pg';

export const ROWS = 10_000;

/** One video of the seeded coach Amelia with ten thousand share links, numbered by their label. */
export async function arrangeLinks(admin: Client): Promise<void> {
  await admin.query(
    `with coach as (select id from app.profiles where subject = 'user_amelia_hart'),
          video as (insert into app.videos (coach_id, title, status, ready_at) select id, 'Bench', 'ready', now() from coach returning id, coach_id)
     insert into app.share_tokens (public_id, secret_hash, video_id, coach_id, created_by, label, expires_at)
     select lpad(n::text, 12, '0'), sha256(n::text::bytea), video.id, video.coach_id, video.coach_id, 'Link ' || n, now() + interval '7 days'
     from video, generate_series(1, $1) n`,
    [ROWS],
  );
  await admin.query('vacuum (analyze) app.share_tokens');
}

/**
 * What the product does not do: one chain over all entries, each with the hash of the one before. Who writes holds the head of the chain
 * until the commit, so that everybody else waits for it, disk included.
 */
export async function addHashChain(admin: Client): Promise<void> {
  await admin.query(`
    create table audit.chain_head (hash bytea not null);
    insert into audit.chain_head values (sha256('first'));
    create table audit.chain_links (entry_id uuid not null, hash bytea not null);
    create function audit.tg_chain() returns trigger language plpgsql security definer set search_path = '' as $$
    declare
      link bytea;
    begin
      update audit.chain_head set hash = sha256(hash || convert_to(new::text, 'utf8')) returning hash into link;
      insert into audit.chain_links values (new.id, link);
      return null;
    end $$;
    create trigger tg_entries__chain after insert on audit.entries for each row execute function audit.tg_chain();`);
}

/** Makes each flush of the log take a millisecond longer, as on a disk behind a network: a virtual disk's cache answers in a tenth of that. */
export async function slowDown(admin: Client): Promise<void> {
  await admin.query('alter system set commit_delay = 1000');
  await admin.query('alter system set commit_siblings = 0');
  await admin.query('select pg_reload_conf()');
}
