/** One kind of refusal or failure: its HTTP status, its title (the same every time) and what the reader can do about it. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Sentence for docs/reference/problems.md: what to do. */
  readonly advice: string;
  /** Detail used when the place that raises the problem has nothing more particular to say. */
  readonly detail: string;
  /** Seconds a caller should wait before trying again, sent as `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/**
 * Every code that the HTTP API answers with: the one table for the api and for what SQL raises (`errcode = 'PTxyz'`, code in the
 * hint). docs/reference/problems.md is generated from it. Codes never change their meaning; they are part of the interface.
 */
export const catalogue = {
  'request.malformed': {
    status: 400,
    title: 'The request cannot be read',
    detail: 'The request could not be read as HTTP with a JSON body.',
    advice: 'Send well-formed JSON with `content-type: application/json`.',
  },
  'request.invalid': {
    status: 422,
    title: 'The request has wrong fields',
    detail: 'One or more fields are missing or wrong.',
    advice: 'Correct the fields named in `errors`; each entry points to one field.',
  },
  'request.length_required': {
    status: 411,
    title: 'The length of the request is missing',
    detail: 'The body of the request came without a `content-length`.',
    advice: 'Send the body in one piece, with its `content-length`.',
  },
  'request.too_large': {
    status: 413,
    title: 'The request is too large',
    detail: 'The body of the request is larger than this operation accepts.',
    advice: 'Send a smaller body. Video files go to the upload URL, not to this API.',
  },
  'request.media_type_unsupported': {
    status: 415,
    title: 'The media type is not supported',
    detail: 'This operation does not accept that content type.',
    advice: 'Send `content-type: application/json`.',
  },
  'request.throttled': {
    status: 429,
    title: 'Too many requests',
    detail: 'There were too many requests in a short time. Please wait a moment and try again.',
    advice: 'Wait the seconds in `Retry-After`; docs/reference/rate-limits.md lists the limits.',
  },
  'address.blocked': {
    status: 403,
    title: 'Requests from this network are blocked',
    detail: 'Requests from this network are blocked for the time being.',
    advice: 'Ask an operator, who can lift the block.',
  },
  'block.already_placed': {
    status: 409,
    title: 'The address is blocked already',
    detail: 'This address is blocked already.',
    advice: 'Nothing is left to do; lift the block first to give it another end.',
  },
  'block.not_found': {
    status: 404,
    title: 'No such block',
    detail: 'There is no such block.',
    advice: 'Reload the list of blocks.',
  },
  'block.ended': {
    status: 409,
    title: 'The block has ended',
    detail: 'This block has ended before.',
    advice: 'Nothing is left to do.',
  },
  'abuse.not_found': {
    status: 404,
    title: 'No such rule',
    detail: 'There is no such rule.',
    advice: 'Reload the list of what is watched.',
  },
  'abuse.version_changed': {
    status: 409,
    title: 'The rule has changed meanwhile',
    detail: 'Somebody else has changed this rule meanwhile. Please look at it again.',
    advice: 'Reload the rule, then change it with its new version.',
  },
  'request.not_found': {
    status: 404,
    title: 'There is nothing at this address',
    detail: 'No operation answers this method and path.',
    advice: 'Compare method and path with `/api/openapi.json`.',
  },
  'auth.token_missing': {
    status: 401,
    title: 'Sign in first',
    detail: 'This operation needs a session token.',
    advice: 'Send `authorization: Bearer <session token>`.',
  },
  'auth.token_invalid': {
    status: 401,
    title: 'The session is not valid',
    detail: 'The session token is not valid or has expired.',
    advice: 'Get a fresh session token and try again; session tokens live about a minute.',
  },
  'auth.suspended': {
    status: 403,
    title: 'The account is suspended',
    detail: 'This account has been suspended.',
    advice: 'Ask an administrator.',
  },
  'auth.role_changed': {
    status: 403,
    title: 'Your role has changed',
    detail: 'An administrator gave you another role. Sign out and in again.',
    advice: 'Sign in again. If that does not help, the identity provider has not been told yet: ask an administrator.',
  },
  'auth.session_denied': {
    status: 401,
    title: 'The session has been ended',
    detail: 'This session has been ended. Please sign in again.',
    advice: 'Sign in again; the ended session stays ended.',
  },
  'auth.step_up_required': {
    status: 403,
    title: 'Confirm that it is you',
    detail: 'Please confirm that it is you, then try again.',
    advice:
      'Verify a factor again at the identity provider and repeat the request with the new token. Each confirmation serves one act, within 10 minutes.',
  },
  'auth.impersonated': {
    status: 403,
    title: 'Not on behalf of somebody else',
    detail: 'Somebody who acts for another person cannot confirm in their name.',
    advice: 'Sign in as yourself.',
  },
  'auth.erased': {
    status: 403,
    title: 'The account has been erased',
    detail: 'This account has been erased. It cannot be used any more.',
    advice: 'Whoever wants to come back signs up anew at the identity provider.',
  },
  'auth.forbidden': {
    status: 403,
    title: 'Not allowed',
    detail: 'Your role may not do this.',
    advice: 'Sign in with an account that may, or ask an administrator.',
  },
  'auth.issuer_unavailable': {
    status: 503,
    title: 'Sessions cannot be checked just now',
    detail: "The identity provider's keys cannot be read just now.",
    advice: 'Try again shortly.',
    retryAfterSeconds: 5,
  },
  'upload.quota_exceeded': {
    status: 429,
    title: 'Too many uploads today',
    detail: 'The daily number of uploads is used up.',
    advice: 'Wait until the time named in `detail`.',
  },
  'upload.not_found': {
    status: 404,
    title: 'No such upload',
    detail: 'There is no such upload, or it is not yours.',
    advice: 'Reload the list of uploads.',
  },
  'upload.closed': {
    status: 409,
    title: 'The upload is closed',
    detail: 'The upload was cancelled or has ended. Please start a new one.',
    advice: 'Start a new upload.',
  },
  'upload.vendor_unavailable': {
    status: 503,
    title: 'The video service is not reachable',
    detail: 'The video service did not answer. Nothing was uploaded; please try again.',
    advice: 'Try again; the failed attempt is closed and leaves nothing behind.',
    retryAfterSeconds: 10,
  },
  'upload.vendor_refused': {
    status: 502,
    title: 'The video service refused the upload',
    detail: 'The video service refused to prepare the upload. The failure has been recorded.',
    advice: 'Try again later; if it goes on, give the request id to an operator.',
  },
  'video.not_found': {
    status: 404,
    title: 'No such video',
    detail: 'There is no such video, or you may not see it.',
    advice: 'Reload the list of videos.',
  },
  'video.not_ready': {
    status: 409,
    title: 'The video is not ready yet',
    detail: 'The video is still being prepared.',
    advice: 'Try again in a minute.',
  },
  'share.unavailable': {
    status: 403,
    title: 'This link does not work',
    detail: 'This link does not work, or does not work any more. Ask the person who sent it for a new one.',
    advice:
      'Ask whoever shared the video for a new link. Unknown, wrong, expired, revoked, not yet started and used up links are deliberately answered alike (SH-07).',
  },
  'share.origin_refused': {
    status: 403,
    title: 'Not on this site',
    detail: 'The person who shared this video did not allow this site to show it.',
    advice: 'Open the link itself. The coach can name the site among those that may embed the video.',
  },
  'share.sign_in_needed': {
    status: 403,
    title: 'Sign in to watch',
    detail: 'This link is for people who are signed in.',
    advice: 'Send a session token as `authorization: Bearer …` along with the secret.',
  },
  'share.recipient_needed': {
    status: 403,
    title: 'For named people only',
    detail: 'This link is for named people only.',
    advice:
      'Ask for a code at `POST /api/share/:publicId/code` with the address that the video was shared with, or sign in with that address.',
  },
  'share.passphrase_needed': {
    status: 403,
    title: 'A passphrase is needed',
    detail: 'This link needs a passphrase.',
    advice: 'Send it to `POST /api/share/:publicId/passphrase`, and the proof that it answers along with the secret.',
  },
  'share.passphrase_wrong': {
    status: 403,
    title: 'The passphrase is wrong',
    detail: 'This is not the passphrase. Upper and lower case matter.',
    advice: 'Try again, or ask whoever shared the video. Only who holds the right secret of the link is told.',
  },
  'share.code_wrong': {
    status: 403,
    title: 'The code is wrong',
    detail: 'This code does not work, or does not work any more. Check it, or ask for a new one.',
    advice:
      'A code works once, for ten minutes, and dies at the fifth wrong try. Unknown addresses, dead codes and wrong ones are answered alike.',
  },
  'share.throttled': {
    status: 429,
    title: 'Too many tries',
    detail: 'There were too many tries. Please wait a moment.',
    advice: 'Try again after the seconds in `Retry-After`.',
    retryAfterSeconds: 60,
  },
  'share.not_ready': {
    status: 409,
    title: 'The video is not ready yet',
    detail: 'The video is still being prepared. Try again in a minute.',
    advice: 'Try again in a minute; the link itself is good.',
    retryAfterSeconds: 15,
  },
  'plays.export_busy': {
    status: 503,
    title: 'Other exports of plays are under way',
    detail: 'As many exports of plays as this server makes at once are under way.',
    advice: 'Try again after the time named in `Retry-After`.',
    retryAfterSeconds: 15,
  },
  'share.not_found': {
    status: 404,
    title: 'No such share link',
    detail: 'There is no such share link, or you may not see it.',
    advice: 'Reload the list of share links.',
  },
  'share.video_unavailable': {
    status: 409,
    title: 'The video cannot be shared',
    detail: 'A video that failed, was cancelled or was deleted cannot be shared.',
    advice: 'Share another video, or upload this one again.',
  },
  'share.already_revoked': {
    status: 409,
    title: 'The link is revoked already',
    detail: 'This share link has been revoked before.',
    advice: 'Nothing is left to do.',
  },
  'playback.paused': {
    status: 503,
    title: 'Playback is switched off',
    detail: 'Playback is switched off for now. The link itself is good; try again later.',
    advice: 'Try again later. An operator sees the flag `SIGNED_PLAYBACK_ENFORCED`.',
    retryAfterSeconds: 60,
  },
  'canary.not_found': {
    status: 404,
    title: 'No such run of the canary',
    detail: 'No run of the canary with this id is where the step begins.',
    advice: 'Let the next run begin.',
  },
  'share.not_ended': {
    status: 409,
    title: 'The link lives',
    detail: 'A link that lives has nothing to restore.',
    advice: 'Use the link, or give it a new secret.',
  },
  'share.already_restored': {
    status: 409,
    title: 'The link is restored already',
    detail: 'A link that restores this one lives already.',
    advice: 'Use that link, or revoke it first.',
  },
  'cut.under_way': {
    status: 409,
    title: 'The video is being cut off',
    detail: 'A cut of this video is under way.',
    advice: 'Wait for it: `api.playback_cuts` shows how far it is.',
  },
  'cut.lost': {
    status: 409,
    title: 'Another process goes on with the cut',
    detail: 'This cut has ended, or another process goes on with it.',
    advice: 'Nothing is left to do.',
  },
  'cut.state_order': {
    status: 409,
    title: 'A cut leaves out no step',
    detail: 'A cut switches to the new playback id, has the old one deleted, and is then confirmed.',
    advice: 'Reload what is shown.',
  },
  'share.expired': {
    status: 409,
    title: 'The link has expired',
    detail: 'This share link has expired.',
    advice: 'Make a new link.',
  },
  'share.selection_changed': {
    status: 409,
    title: 'The choice has changed',
    detail: 'The choice holds another number of live links now. Nothing was revoked.',
    advice: 'Look at the preview again and repeat the request with the number that it shows.',
  },
  'profile.not_found': {
    status: 404,
    title: 'No such account',
    detail: 'There is no such account.',
    advice: 'Reload the list of people.',
  },
  'profile.own_account': {
    status: 409,
    title: 'Not to your own account',
    detail: 'You cannot do this to your own account.',
    advice: 'Ask another administrator.',
  },
  'profile.last_admin': {
    status: 409,
    title: 'This is the last administrator',
    detail: 'One administrator at least must remain.',
    advice: 'Appoint another administrator first.',
  },
  'profile.role_unchanged': {
    status: 409,
    title: 'The role is that already',
    detail: 'This person is assigned that role already.',
    advice: 'Nothing is left to do.',
  },
  'profile.already_suspended': {
    status: 409,
    title: 'The account is suspended already',
    detail: 'This account is suspended already.',
    advice: 'Nothing is left to do.',
  },
  'profile.not_suspended': {
    status: 409,
    title: 'The account is not suspended',
    detail: 'This account is not suspended.',
    advice: 'Nothing is left to do.',
  },
  'erasure.not_found': {
    status: 404,
    title: 'No such request',
    detail: 'There is no such request, or it is not yours.',
    advice: 'Reload the list of requests.',
  },
  'erasure.already_requested': {
    status: 409,
    title: 'It has been requested already',
    detail: 'The erasure of this account has been requested already.',
    advice: 'Look at the open request.',
  },
  'erasure.decided': {
    status: 409,
    title: 'The request has been decided',
    detail: 'This request has been decided before.',
    advice: 'Make a new request.',
  },
  'erasure.own_request': {
    status: 403,
    title: 'Not about yourself',
    detail: 'Nobody decides about the erasure of their own account.',
    advice: 'Ask a colleague to decide.',
  },
  'erasure.held': {
    status: 409,
    title: 'A legal hold stands',
    detail: 'The data of this person are under a legal hold.',
    advice: 'Lift the hold first, or decline the request.',
  },
  'consent.notice_not_found': {
    status: 404,
    title: 'No such notice',
    detail: 'There is no such consent notice.',
    advice: 'Read the notice that is shown now.',
  },
  'consent.notice_superseded': {
    status: 409,
    title: 'The notice has changed',
    detail: 'The notice has changed. Please read the new one.',
    advice: 'Read the notice that is shown now and answer that one.',
  },
  'consent.notice_approved': {
    status: 409,
    title: 'The notice was approved already',
    detail: 'This notice has been approved before.',
    advice: 'Nothing is left to do.',
  },
  'consent.none_given': {
    status: 409,
    title: 'There is no consent to withdraw',
    detail: 'There is no consent to withdraw.',
    advice: 'Nothing is left to do.',
  },
  'notification.not_found': {
    status: 404,
    title: 'No such notice',
    detail: 'There is no such notice, or it is not to you.',
    advice: 'Reload the list of notices.',
  },
  'notification.critical': {
    status: 409,
    title: 'This cannot be switched off',
    detail: 'Notices of this kind cannot be switched off.',
    advice: 'Choose among the other kinds.',
  },
  'notification.state_final': {
    status: 409,
    title: 'The delivery has ended',
    detail: 'A delivery that has ended cannot become anything else.',
    advice: 'Look at the log of deliveries.',
  },
  'view.not_found': {
    status: 404,
    title: 'No such view',
    detail: 'There is no such view, or it is not yours.',
    advice: 'Reload the list of saved views.',
  },
  'view.limit': {
    status: 409,
    title: 'No more views',
    detail: 'You have saved 100 views. Delete one that you no longer need.',
    advice: 'Delete a saved view, then save this one.',
  },
  'error.not_found': {
    status: 404,
    title: 'No such error',
    detail: 'There is no such error.',
    advice: 'Reload the list of errors.',
  },
  'error.acknowledged': {
    status: 409,
    title: 'The error was acknowledged already',
    detail: 'This error has been acknowledged, and has not happened since.',
    advice: 'Nothing is left to do.',
  },
  'alert.not_found': {
    status: 404,
    title: 'No such alert',
    detail: 'There is no such alert.',
    advice: 'Reload the list of alerts.',
  },
  'alert.acknowledged': {
    status: 409,
    title: 'The alert was acknowledged already',
    detail: 'This alert has been acknowledged before.',
    advice: 'Resolve it when it is over.',
  },
  'alert.resolved': {
    status: 409,
    title: 'The alert was resolved already',
    detail: 'This alert has been resolved before.',
    advice: 'Nothing is left to do.',
  },
  'flag.not_found': {
    status: 404,
    title: 'No such feature flag',
    detail: 'There is no such feature flag.',
    advice: 'Reload the list of feature flags.',
  },
  'flag.version_changed': {
    status: 409,
    title: 'Somebody else was faster',
    detail: 'Somebody else has changed this flag meanwhile. Please look at it again.',
    advice: 'Reload the flag and decide again.',
  },
  'erasure.unplanned_data': {
    status: 409,
    title: 'Some data cannot be erased yet',
    detail: 'Nobody has said how to erase some of the data.',
    advice: 'Ask the development team to class the columns named in `detail` and to say whose their rows are.',
  },
  'reconciliation.lost': {
    status: 409,
    title: 'Another process compares with Mux',
    detail: 'A runner of the comparison with Mux was silent for ten minutes, and another took its run over.',
    advice: 'Nothing: the process that holds the run goes on with it.',
  },
  'key.draining': {
    status: 409,
    title: 'The old key is still in use',
    detail:
      'A signing key is deleted once every token it signed is over, a webhook secret once no delivery was signed with it for a day.',
    advice: 'Go on with the rotation when the key has drained.',
  },
  'key.in_the_way': {
    status: 409,
    title: 'Another key is in the way',
    detail: 'At most one new key waits, and one is active; a webhook secret is used once.',
    advice: 'Let the rotation that is under way end first, or take a secret that the provider made anew.',
  },
  'key.no_store': {
    status: 409,
    title: 'There is nowhere to keep a new key',
    detail: 'Rotated keys are kept in the database, encrypted, and no encryption key is configured.',
    advice: 'Set KEY_ENCRYPTION_KEY for api and worker.',
  },
  'key.not_found': {
    status: 404,
    title: 'No such key',
    detail: 'No key with this id is in the state that the step begins with.',
    advice: 'Look at the states of the keys.',
  },
  'key.state_order': {
    status: 409,
    title: 'A key leaves out no step',
    detail: 'A key waits, is active, drains, and is deleted.',
    advice: 'Rotate with the command or on the page of keys.',
  },
  'key.unused': {
    status: 409,
    title: 'The new secret is not in use yet',
    detail: 'No delivery signed with the new secret has come yet.',
    advice: 'Let the provider sign with it, then go on with the rotation.',
  },
  'key.vendor_refused': {
    status: 502,
    title: 'Mux did not take a step of the rotation',
    detail: 'Mux refused the step, or did not answer. What was done before it stays done.',
    advice: 'Go on with the rotation; it takes the same step again.',
  },
  'erasure.step_not_found': {
    status: 404,
    title: 'No such step',
    detail: 'There is no such step.',
    advice: 'Reload the plan of the erasure.',
  },
  'erasure.step_not_manual': {
    status: 409,
    title: 'Not a manual step',
    detail: 'This step is carried out by the system itself.',
    advice: 'Wait: a step that failed is begun again.',
  },
  'erasure.step_state': {
    status: 409,
    title: 'The step has ended',
    detail: 'This step has been completed before.',
    advice: 'Reload the plan of the erasure.',
  },
  'hold.not_found': {
    status: 404,
    title: 'No such hold',
    detail: 'There is no such hold.',
    advice: 'Reload the list of holds.',
  },
  'hold.already_placed': {
    status: 409,
    title: 'A hold stands already',
    detail: 'A hold on the data of this person stands already.',
    advice: 'Nothing is left to do.',
  },
  'hold.already_lifted': {
    status: 409,
    title: 'The hold was lifted already',
    detail: 'This hold has been lifted before.',
    advice: 'Nothing is left to do.',
  },
  'hold.too_late': {
    status: 409,
    title: 'The account has been erased',
    detail: 'This account has been erased.',
    advice: 'Nothing can be held back any more; the receipt says what was kept.',
  },
  'session.not_found': {
    status: 404,
    title: 'No such session',
    detail: 'There is no such session, or it is not yours.',
    advice: 'Reload the list of sessions.',
  },
  'session.already_denied': {
    status: 409,
    title: 'The session has ended already',
    detail: 'This session has been ended before.',
    advice: 'Nothing is left to do.',
  },
  'session.none_open': {
    status: 409,
    title: 'No session is open',
    detail: 'There is no other session that could be ended.',
    advice: 'Nothing is left to do.',
  },
  'webhook.state_final': {
    status: 409,
    title: 'An event does not go back',
    detail: 'An event that was folded or laid aside stays that.',
    advice: 'Reload; somebody or an event was faster.',
  },
  'job.unavailable': {
    status: 409,
    title: 'The job has no queue yet',
    detail: 'No worker has made the queue of this job yet.',
    advice: 'Start the worker; it makes the queues.',
  },
  'job.under_way': {
    status: 409,
    title: 'The job is under way',
    detail: 'A run of this job waits or is under way.',
    advice: 'Wait for it to end: `api.job_runs` shows it.',
  },
  'webhook.not_found': {
    status: 404,
    title: 'No such webhook event',
    detail: 'There is no such webhook event.',
    advice: 'Reload the inbox; events are removed 90 days after their month.',
  },
  'webhook.selection_changed': {
    status: 409,
    title: 'The choice has changed',
    detail: 'The choice holds another number of webhook events now. Nothing was done.',
    advice: 'Look at the preview again and repeat the request with the number that it shows.',
  },
  'webhook.signature_invalid': {
    status: 401,
    title: 'The signature is not valid',
    detail: 'The webhook signature is missing, wrong or from the future.',
    advice:
      'Check that the signing secret of the webhook is one of `MUX_WEBHOOK_SECRETS`, and the clock of this machine.',
  },
  'webhook.body_invalid': {
    status: 422,
    title: 'The event cannot be read',
    detail: 'The signed body is not an event with an id and a type.',
    advice: 'Compare the body with the vendor’s event format.',
  },
  'audit.append_only': {
    status: 403,
    title: 'The audit log cannot be changed',
    detail: 'Entries of the audit log are neither changed nor deleted.',
    advice: 'Nothing can be done, on purpose: not even the owner of the database may.',
  },
  'audit.checkpoint_wrong': {
    status: 409,
    title: 'The audit log is not in that state',
    detail: 'The audit log is not in the state that was signed.',
    advice: 'Nothing to do as a reader. Operators: read what the worker says in its log, and check the audit log.',
  },
  'audit.not_signed': {
    status: 404,
    title: 'The audit log has not been signed yet',
    detail: 'There is no checkpoint of the audit log yet.',
    advice: 'Try again in a minute. If it stays so, the worker does not sign: ask an operator.',
  },
  'audit.export_busy': {
    status: 503,
    title: 'Other exports are under way',
    detail: 'As many exports as this server makes at once are under way.',
    advice: 'Try again after the time named in `Retry-After`.',
    retryAfterSeconds: 15,
  },
  'audit.not_found': {
    status: 404,
    title: 'No such entry',
    detail: 'There is no such entry of the audit log, or you may not see its personal values.',
    advice: 'Reload the audit log.',
  },
  'asset.status_backwards': {
    status: 409,
    title: 'An asset does not go back',
    detail: 'The status of an asset only moves forward.',
    advice: 'Reload; somebody or an event was faster.',
  },
  'upload.state_backwards': {
    status: 409,
    title: 'An upload does not go back',
    detail: 'The state of an upload only moves forward.',
    advice: 'Reload; somebody or an event was faster.',
  },
  'video.status_backwards': {
    status: 409,
    title: 'A video does not go back',
    detail: 'The status of a video only moves forward.',
    advice: 'Reload; somebody or an event was faster.',
  },
  'data.immutable': {
    status: 409,
    title: 'This never changes',
    detail: 'This value is fixed once it has been written.',
    advice: 'Make a new one instead.',
  },
  'data.changed_meanwhile': {
    status: 409,
    title: 'Somebody else was faster',
    detail: 'This has been changed since you looked at it.',
    advice: 'Reload, look at the change and repeat yours with the new `version`.',
  },
  'data.conflict': {
    status: 409,
    title: 'This conflicts with what is there',
    detail: 'The change conflicts with data that exists already.',
    advice: 'Reload and try again.',
  },
  'data.invalid': {
    status: 422,
    title: 'The data breaks a rule',
    detail: 'The database refused a value.',
    advice: 'Correct the value.',
  },
  'service.unavailable': {
    status: 503,
    title: 'The service is not available just now',
    detail: 'The service cannot answer just now. Nothing was changed.',
    advice: 'Try again after the time in `Retry-After`.',
    retryAfterSeconds: 2,
  },
  'service.failed': {
    status: 500,
    title: 'Something went wrong on our side',
    detail: 'Something went wrong on our side. The failure has been recorded.',
    advice: 'Give the request id to an operator.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof catalogue;

/** The entry of a code that may come from elsewhere (SQL), or undefined. */
export function findKind(code: string): ProblemKind | undefined {
  return Object.hasOwn(catalogue, code) ? catalogue[code as ProblemCode] : undefined;
}
