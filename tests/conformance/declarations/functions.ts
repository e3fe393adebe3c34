import { functions } from '../declare.ts';

/**
 * Every function of api, app, audit and authz, and who may execute it. A caller's functions check their caller themselves; the
 * harmless ones say nothing and change nothing.
 */
export const declaredFunctions = [
  // The check before every request: for nobody, too.
  ...functions(['anon', 'coach', 'admin', 'compliance', 'operator', 'auditor'], 'authz.check_request()'),
  // What is public: the text that people read before they consent.
  ...functions(['anon', 'coach', 'admin', 'compliance', 'operator', 'auditor'], 'api.consent_notice(text)'),
  ...functions(
    ['operator', 'admin'],
    `api.acknowledge_alert(uuid,text)
     api.resolve_alert(uuid,text)
     api.acknowledge_error(uuid,text)
     api.change_feature_flag(text,boolean,integer,text,integer,text[])
     api.preview_feature_flag(text,boolean,integer,text[])`,
  ),
  ...functions(
    ['coach'],
    `api.request_upload(text,text,text,bigint,text,text,timestamp with time zone,text)
     api.resume_upload(uuid)
     api.upload_quota()
     api.cancel_upload(uuid)
     api.request_erasure(text)
     api.withdraw_erasure(uuid,text)`,
  ),
  ...functions(
    ['coach', 'admin'],
    `api.create_share_token(uuid,timestamp with time zone,text,timestamp with time zone,integer,text[],text,boolean,text[],text)
     api.update_share_token(uuid,integer,text,text,integer,text[],text[],text)
     api.extend_share_token(uuid,integer,timestamp with time zone,text)
     api.rotate_share_token(uuid,integer,text)
     api.revoke_share_token(uuid,text)
     api.preview_revocation(uuid[],uuid,uuid)
     api.revoke_share_tokens(text,integer,uuid[],uuid,uuid)
     api.decide_preview(uuid,integer)
     api.disclose_audit_entry(uuid,text)`,
  ),
  ...functions(
    ['coach', 'admin', 'compliance', 'operator', 'auditor'],
    `api.record_consent(uuid,text[])
     api.withdraw_consent()
     api.mark_notification_read(uuid)
     api.set_notification_preference(text,text,boolean)
     api.my_feature_flags()
     api.sign_in()
     api.deny_session(text,text)`,
  ),
  ...functions(
    ['compliance'],
    `api.add_consent_notice(text,text,text)
     api.approve_consent_notice(uuid,text)
     api.request_erasure_for(text,text)
     api.decline_erasure(uuid,text)
     api.approve_erasure(uuid,text)
     api.complete_erasure_step(uuid,text,text)
     api.disclose_erasure_subject(uuid)
     api.place_hold(uuid,text)
     api.preview_retention(text,integer)
     api.change_retention(text,integer,text)
     api.lift_hold(uuid,text)`,
  ),
  ...functions(
    ['admin'],
    `api.change_role(uuid,text,text)
     api.suspend_profile(uuid,text)
     api.restore_profile(uuid,text)`,
  ),
  ...functions(['operator', 'admin'], 'api.replay_webhook_events(text,uuid[])'),
  // Who the caller is: policies ask these, so whoever a policy is for may execute them.
  ...functions(
    ['coach', 'admin', 'compliance', 'operator', 'auditor'],
    `authz.caller_role()
     authz.claims()
     authz.profile_id()
     authz.subject()`,
  ),
  // Harmless: the triggers of what people may write call these as the person who writes.
  ...functions(
    ['coach', 'admin'],
    `app.fail(integer,text,text,text,integer)
     app.field_error(text,text,text)
     app.refuse_fields(jsonb[])
     app.share_token_field_errors(text)
     app.watched_length(int4multirange)
     app.video_field_errors(text,text)`,
  ),
  // Hashes that prove what somebody exports.
  ...functions(
    ['coach', 'admin', 'compliance', 'auditor'],
    `audit.inclusion_proof(bigint,bigint)
     audit.leaf_paths(bigint,integer[])`,
  ),
  // What api and worker do on their own.
  ...functions(
    ['service'],
    `app.browser_consents(uuid)
     app.claim_deliveries(integer)
     app.clear_alert(text)
     app.enqueue_notification(text,uuid,text,jsonb)
     app.enqueue_slack_notification(text,text,text,jsonb)
     app.erase_browser_consents(uuid)
     app.escalate_alerts()
     app.flag_enabled(text,text,text)
     app.raise_alert(text,text,text,jsonb,text)
     app.record_browser_consent(uuid,uuid,text[])
     app.record_delivery_bounced(text,text)
     app.record_delivery_failed(uuid,text,boolean)
     app.record_delivery_sent(uuid,text,text)
     app.record_error_event(text,text,text,text,text,jsonb,text,text,uuid)
     app.withdraw_browser_consent(uuid)
     app.apply_asset_snapshot(jsonb)
     app.apply_retention()
     app.apply_upload_snapshot(uuid,text,text,text,text)
     app.attach_upload(uuid,text,timestamp with time zone)
     app.carry_out_erasure_step(uuid)
     app.claim_erasure_step()
     app.complete_erasures()
     app.fail_erasure_step(uuid,text)
     app.finish_erasure_step(uuid,jsonb)
     app.decide_playback(text,bytea,text,bytea,text,integer,uuid,text,text,text,text,boolean)
     app.due_webhook_events(integer)
     app.ensure_months(integer,integer)
     app.fail_upload(uuid,text,text)
     app.fail_webhook_event(uuid,text)
     app.count_refused_webhooks(text,text,integer)
     app.fold_webhook_event(uuid)
     app.fold_webhook_events(uuid[])
     app.receive_webhook(text,text,text,text,bytea,timestamp with time zone,boolean)
     app.receive_webhooks(text[],text[],text[],text[],bytea[],timestamp with time zone[],boolean[])
     app.record_playback_events(text,uuid,jsonb)
     app.share_passphrase(text,bytea)
     app.stale_uploads(integer)
     audit.add_checkpoint(bigint,bigint,bytea,text,bytea,text,timestamp with time zone)
     audit.checkpoints_after(bigint,integer)
     audit.consistency_proof(bigint,bigint)
     audit.first_batch_since(timestamp with time zone)
     audit.newest_checkpoint()
     audit.next_checkpoint(bigint)
     audit.page_end(bigint,integer)
     audit.seal_entries(integer)
     audit.seal_lag()
     audit.smuggled_entry()
     audit.verify_batches(bigint,bigint)
     audit.verifier_keys()`,
  ),
  // Parts of the functions above and triggers: for nobody.
  ...functions(
    [],
    `app.address_hash(text)
     app.alert_escalation()
     app.alert_rank(text)
     app.alert_transitions()
     app.answer_notice(uuid,uuid,uuid,text[])
     app.current_notice(text)
     app.delivery_transitions()
     app.error_events_per_hour()
     app.error_fingerprint(text,text,text)
     app.expired_rows(text,integer)
     app.find_flag(text)
     app.flag_applies(text,boolean,integer,text[],text,text)
     app.flag_bucket(text,text)
     app.flag_errors(app.feature_flags,boolean,integer,text[])
     app.held_condition(text)
     app.is_bounced(bytea)
     app.lock_alert(uuid,text)
     app.max_delivery_attempts()
     app.note_errors(text)
     app.notification_errors(text,text,jsonb)
     app.notify_staff(text,text,jsonb,text)
     app.remove_expired_rows(text,integer)
     app.row_retention()
     app.scrub_facts(jsonb)
     app.scrub_json(jsonb,integer)
     app.scrub_text(text,integer)
     app.tg_alert_transition()
     app.tg_delivery_transition()
     app.wants_notification(uuid,app.notification_kinds,text)
     app.write_consent(uuid,uuid,uuid,text,text[])
     app.advance_upload_job(uuid,text,timestamp with time zone,text,text,timestamp with time zone)
     app.advance_video(uuid,text,timestamp with time zone,text,text,numeric,text)
     app.apply_asset(jsonb,timestamp with time zone,boolean)
     app.apply_upload(uuid,text,text,text,text,text,timestamp with time zone)
     app.asset_status_rank(text)
     app.asset_statuses()
     app.asset_transitions()
     app.share_transitions()
     app.steps_up(text[])
     app.upload_states()
     app.upload_transitions()
     app.video_statuses()
     app.video_transitions()
     app.webhook_event_transitions()
     app.tg_webhook_event_transition()
     app.check_token_ttl(integer)
     app.decide_erasure(uuid,text,text,boolean)
     app.deny_sessions_of(app.erasure_requests)
     app.erase_column(uuid,text,text,text)
     app.erased_value(text,text)
     app.erased_word()
     app.erasure_check(text,text,text)
     app.erasure_condition(text,text,text)
     app.erasure_lease()
     app.erasure_receipt(app.erasure_requests,timestamp with time zone)
     app.erasure_step_transitions()
     app.erasure_transitions()
     app.drop_leaves(integer)
     app.drop_month(regclass,text,timestamp with time zone,integer,bigint)
     app.is_erased_subject(text)
     app.is_erasing(text)
     app.keep_column(uuid,text,text,text)
     app.personal_ties()
     app.plan_erasure(app.erasure_requests)
     app.revoke_links_of(app.erasure_requests)
     app.shut_out(app.erasure_requests)
     app.tg_erasure_step_transition()
     app.unplanned_columns()
     app.withdraw_videos_of(app.erasure_requests)
     audit.object_type(text)
     audit.ownerless_entries(uuid)
     app.expired_months(text,integer)
     app.months_of(text)
     app.retention_errors(text,integer)
     app.open_erasure(uuid,text)
     app.tg_erasure_transition()
     app.check_share_change(app.share_tokens,integer,text,jsonb[])
     app.choose_tokens(uuid[],uuid,uuid)
     app.claim_view(app.share_tokens,uuid)
     app.claimed_views(uuid)
     app.is_recipient(uuid,text)
     app.late_event_grace()
     app.lock_share(uuid)
     app.max_events_at_once()
     app.max_recipients()
     app.max_share_lead()
     app.max_share_views()
     app.openings_per_view()
     app.passphrase_hash_errors(text)
     app.playback_event_errors(jsonb)
     app.read_origins(text[])
     app.read_playback_events(jsonb,integer)
     app.read_recipients(text[])
     app.set_recipients(app.share_tokens,text[])
     app.share_life_errors(timestamp with time zone,timestamp with time zone,timestamp with time zone)
     app.share_option_errors(text,integer,integer,text[],text[])
     app.tg_share_token_guarded()
     app.viewer_session(uuid,uuid)
     app.views_exhausted(app.share_tokens,uuid)
     app.last_playback(uuid)
     app.lock_managed_profile(uuid,boolean)
     app.reason_errors(text)
     app.find_upload_job(text,text)
     app.apply_identity(jsonb,timestamp with time zone)
     app.apply_identity_deletion(text,timestamp with time zone)
     app.apply_session_end(text,text)
     app.fold_clerk_event(text,jsonb,timestamp with time zone)
     app.fold_event(app.webhook_events)
     app.fold_mux_event(text,jsonb,timestamp with time zone)
     app.fold_resend_event(text,jsonb,timestamp with time zone)
     app.time_of_millis(jsonb)
     app.max_playback_token_ttl()
     app.max_share_life()
     app.max_upload_bytes()
     app.max_webhook_attempts()
     app.monthly_tables()
     app.min_share_life()
     app.playable_asset(uuid)
     app.random_public_id()
     app.random_secret()
     app.settle_asset(text)
     app.tg_asset_only_up()
     app.tg_keep()
     app.tg_share_token_fields()
     app.tg_share_token_stays_revoked()
     app.tg_touch()
     app.tg_touch_version()
     app.tg_upload_job_only_up()
     app.tg_video_fields()
     app.tg_video_only_up()
     app.upload_state_rank(text)
     app.intend_share(uuid,timestamp with time zone,text)
     app.upload_content_types()
     app.upload_life()
     app.remaining_uploads(uuid)
     app.uploads_per_day()
     app.video_status_rank(text)
     audit.explain(text,text)
     audit.record(text,text,text,uuid,text,jsonb)
     audit.add_to_tree(bigint,bytea)
     audit.batch_text(bigint,integer,bigint,bytea,bytea,timestamp with time zone)
     audit.entry_text(audit.entries)
     audit.erase_disclosures(uuid,text)
     audit.log_root(bigint)
     audit.log_size()
     audit.merkle_root(bytea[])
     audit.range_root(bigint,bigint)
     audit.split_point(bigint)
     audit.tg_refuse_unless_erasing()
     audit.time_text(timestamp with time zone)
     audit.tg_record()
     audit.tg_refuse()
     authz.can_manage(uuid)
     authz.confirmation_minutes()
     authz.require_profile()
     authz.tg_session_stays_denied()
     authz.use_confirmation(text)
     authz.viewer_profile(text,text)
     authz.door()
     authz.profile_of(text)
     authz.request_id()`,
  ),
];
