-- Up Migration

create table app.consent_notices (
  id uuid not null default uuidv7(),
  jurisdiction text not null,
  version integer not null,
  title text not null,
  body text not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  approved_at timestamptz,
  approved_by uuid,
  constraint consent_notices_pkey primary key (id),
  constraint consent_notices_jurisdiction_version_key unique (jurisdiction, version),
  constraint consent_notices_created_by_fkey foreign key (created_by) references app.profiles (id) on delete restrict,
  constraint consent_notices_approved_by_fkey foreign key (approved_by) references app.profiles (id) on delete restrict,
  constraint consent_notices_jurisdiction_check check (jurisdiction in ('AU', 'US', 'EU')),
  constraint consent_notices_version_check check (version >= 1),
  constraint consent_notices_title_check check (length(title) between 1 and 200),
  constraint consent_notices_body_check check (length(body) between 1 and 20000),
  constraint consent_notices_approved_check check ((approved_at is null) = (approved_by is null))
);

create index consent_notices_created_by_idx on app.consent_notices (created_by);
create index consent_notices_approved_by_idx on app.consent_notices (approved_by);

alter table app.consent_notices enable row level security;
alter table app.consent_notices force row level security;

comment on table app.consent_notices is 'What people are told before they consent, by jurisdiction and version (CO-11). A version never changes; the next one takes its place.';
comment on column app.consent_notices.id is 'Primary key, UUIDv7. [class: public]';
comment on column app.consent_notices.jurisdiction is 'Whose law it follows: AU, US or EU. [class: public]';
comment on column app.consent_notices.version is 'Counts from 1 within the jurisdiction. [class: public]';
comment on column app.consent_notices.title is 'Heading; 1 to 200 characters. [class: public]';
comment on column app.consent_notices.body is 'The text, in AU English; 1 to 20,000 characters. [class: public]';
comment on column app.consent_notices.created_at is 'When it was written. [class: public]';
comment on column app.consent_notices.created_by is 'Who wrote it; null as delivered. [class: internal]';
comment on column app.consent_notices.approved_at is 'When compliance staff approved it; null for a draft, which is to be approved by the Compliance Officer. [class: public]';
comment on column app.consent_notices.approved_by is 'Who approved it. [class: internal]';

-- The first texts. They are drafts until the Compliance Officer has approved them, and are answered as such.
insert into app.consent_notices (jurisdiction, version, title, body) values
  ('AU', 1, 'Your privacy choices',
   'We need some data to run this service: your account, the videos and share links you make, and records that keep them secure. We collect and hold it under the Privacy Act 1988 (Cth) and the Australian Privacy Principles.

Two things are optional, and nothing of them happens unless you agree. Analytics: which steps of the product are used, so that we can improve it. Performance: how fast its pages load on your device. Refusing changes nothing about what you can do here. You can change your mind at any time; when you withdraw, we stop at once.

You may ask for access to, or correction or erasure of, what we hold about you. If you are not satisfied with our answer you may complain to the Office of the Australian Information Commissioner.'),
  ('US', 1, 'Your privacy choices',
   'We need some data to run this service: your account, the videos and share links you make, and records that keep them secure.

Two things are optional, and nothing of them happens unless you agree. Analytics: which steps of the product are used, so that we can improve it. Performance: how fast its pages load on your device. Refusing changes nothing about what you can do here. You can change your mind at any time; when you withdraw, we stop at once.

We do not sell your personal information and do not share it for cross-context behavioural advertising. Depending on the state you live in, you may ask to know, correct or delete what we hold about you, and we will not treat you differently for asking.'),
  ('EU', 1, 'Your privacy choices',
   'We need some data to run this service: your account, the videos and share links you make, and records that keep them secure. The legal basis is our contract with you, and our legitimate interest in keeping the service secure (GDPR Article 6(1)(b) and (f)).

Two things are optional and rest on your consent alone (GDPR Article 6(1)(a)); nothing of them happens unless you agree. Analytics: which steps of the product are used, so that we can improve it. Performance: how fast its pages load on your device. Refusing changes nothing about what you can do here. You can withdraw at any time, as easily as you agreed; what was done before stays lawful.

You may ask for access, rectification, erasure, restriction and portability, and object to processing. You may complain to the supervisory authority where you live.');

create table app.consents (
  id uuid not null default uuidv7(),
  profile_id uuid,
  browser_id uuid,
  notice_id uuid not null,
  action text not null,
  categories text[] not null,
  decided_at timestamptz not null default now(),
  superseded_at timestamptz,
  constraint consents_pkey primary key (id),
  constraint consents_profile_id_fkey foreign key (profile_id) references app.profiles (id) on delete restrict,
  constraint consents_notice_id_fkey foreign key (notice_id) references app.consent_notices (id) on delete restrict,
  constraint consents_subject_check check (num_nonnulls(profile_id, browser_id) = 1),
  constraint consents_action_check check (action in ('given', 'refused', 'withdrawn')),
  constraint consents_categories_check check (
    categories <@ array['analytics', 'performance'] and (action = 'given') = (cardinality(categories) > 0)),
  constraint consents_superseded_at_check check (superseded_at >= decided_at)
);

create unique index consents_standing_profile_idx on app.consents (profile_id) where superseded_at is null;
create unique index consents_standing_browser_idx on app.consents (browser_id) where superseded_at is null;
create index consents_profile_id_idx on app.consents (profile_id, decided_at desc, id desc);
create index consents_browser_id_idx on app.consents (browser_id);
create index consents_notice_id_idx on app.consents (notice_id);
create index consents_decided_at_idx on app.consents (decided_at desc, id desc);

alter table app.consents enable row level security;
alter table app.consents force row level security;

comment on table app.consents is 'What people decided about optional processing, one row for each decision (CO-12). The one without superseded_at stands.';
comment on column app.consents.id is 'Primary key, UUIDv7. [class: internal]';
comment on column app.consents.profile_id is 'Who decided, when signed in. [class: internal]';
comment on column app.consents.browser_id is 'Which browser, for whoever was not signed in: a random id that it keeps. [class: personal; erasure: delete]';
comment on column app.consents.notice_id is 'What they had been told: the notice, and so its version and jurisdiction. [class: internal]';
comment on column app.consents.action is 'given, refused (nothing optional) or withdrawn. [class: personal; erasure: delete]';
comment on column app.consents.categories is 'What they agreed to: analytics, performance; none unless given. [class: personal; erasure: delete]';
comment on column app.consents.decided_at is 'When. [class: internal]';
comment on column app.consents.superseded_at is 'When the next decision took its place; null for the one that stands. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('consents', 365, 365);
