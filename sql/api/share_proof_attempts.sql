-- Tries of passphrases and codes, with the rule that decided each.
create view api.share_proof_attempts with (security_invoker = true) as
select a.id, a.attempted_at, a.kind, a.rule, a.share_token_id, a.public_id, a.coach_id, a.request_id
from app.share_proof_attempts a;

comment on view api.share_proof_attempts is 'Tries of passphrases and codes: with a coach''s own links, or all for admins and auditors.';
grant select on api.share_proof_attempts to mm_coach, mm_admin, mm_auditor;
