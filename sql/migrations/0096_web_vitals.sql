-- Up Migration

-- How fast the pages are for the people who use them (VW-08, OB-14): counters and nothing of whom. A report is one more in the span that
-- its value falls into, so that quarters of all reports can be told without keeping a single one.
create table app.web_vitals (
  day date not null,
  app text not null,
  route text not null,
  release text not null,
  metric text not null,
  at_most numeric not null,
  reports bigint not null,
  last_at timestamptz not null,
  constraint web_vitals_pkey primary key (day, app, route, release, metric, at_most),
  constraint web_vitals_app_check check (app in ('admin', 'viewer')),
  constraint web_vitals_route_check check (route ~ '^/[a-zA-Z/:?-]{0,60}$'),
  constraint web_vitals_release_check check (release ~ '^[\w-]{1,40}$'),
  constraint web_vitals_metric_check check (metric in ('LCP', 'INP', 'CLS')),
  constraint web_vitals_at_most_check check (at_most > 0 and at_most < 'Infinity'),
  constraint web_vitals_reports_check check (reports > 0)
);

create index web_vitals_last_at_idx on app.web_vitals (last_at);

alter table app.web_vitals enable row level security;
alter table app.web_vitals force row level security;

comment on table app.web_vitals is 'Core Web Vitals of the pages (OB-14): counters by the day, route, release, metric and span. The api sends sums.';
comment on column app.web_vitals.day is 'The day, in UTC. [class: internal]';
comment on column app.web_vitals.app is 'admin or viewer. [class: internal]';
comment on column app.web_vitals.route is 'The page, as a pattern, such as /videos/:id: never an address. [class: internal]';
comment on column app.web_vitals.release is 'The build of the app, by the hash of its main script; other for those beyond the few that are told apart. [class: internal]';
comment on column app.web_vitals.metric is 'LCP: when the largest part was painted; INP: how long the slowest interaction took; CLS: how much the page shifted. [class: internal]';
comment on column app.web_vitals.at_most is 'The end of the span, in milliseconds; of CLS a score. The span begins where the one before ends. [class: internal]';
comment on column app.web_vitals.reports is 'How many reports fell into the span. [class: internal]';
comment on column app.web_vitals.last_at is 'When the last of them came. [class: internal]';

insert into app.retention_policies (id, keep_days, default_days) values ('web_vitals', 365, 365);
