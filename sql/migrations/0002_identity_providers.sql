-- Up Migration

create table authz.identity_providers (
  issuer text not null,
  audience text not null,
  authorized_parties text[] not null default '{}',
  updated_at timestamptz not null default now(),
  constraint identity_providers_pkey primary key (issuer),
  constraint identity_providers_issuer_check check (issuer <> ''),
  constraint identity_providers_audience_check check (audience <> '')
);

alter table authz.identity_providers enable row level security;
alter table authz.identity_providers force row level security;

comment on table authz.identity_providers is 'Whose session tokens are believed. Written by deploy alone; with no row, every token is refused.';
comment on column authz.identity_providers.issuer is 'The token''s `iss`, compared exactly. [class: public]';
comment on column authz.identity_providers.audience is 'What the token''s `aud` must be or contain. [class: public]';
comment on column authz.identity_providers.authorized_parties is 'Origins of which the token''s `azp` must be one. Empty: `azp` is not checked. [class: public]';
comment on column authz.identity_providers.updated_at is 'When deploy last changed the row. [class: internal]';
