create view api.share_recipients with (security_invoker = true) as
select r.id, r.share_token_id, r.coach_id, r.kind, r.value, r.created_at from app.share_recipients r;

comment on view api.share_recipients is 'For whom share links are: a coach''s own, or all for an admin. Changed by api.update_share_token().';
grant select on api.share_recipients to mm_coach, mm_admin;
