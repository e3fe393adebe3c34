-- Trims what people wrote, turns nothing but blanks into nothing, and refuses what breaks app.*_field_errors.
create function app.tg_video_fields() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.title := btrim(new.title);
  new.description := nullif(btrim(new.description), '');
  perform app.refuse_fields(app.video_field_errors(new.title, new.description));
  return new;
end
$$;

create function app.tg_share_token_fields() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.label := nullif(btrim(new.label), '');
  new.note := nullif(btrim(new.note), '');
  perform app.refuse_fields(app.share_token_field_errors(new.label));
  return new;
end
$$;
