-- A personal value is never changed, for it must match its commitment. Erasure deletes it, by audit.erase_disclosures() alone.
create trigger tg_disclosures__immutable before update on audit.disclosures
  for each row execute function audit.tg_refuse();
create trigger tg_disclosures__erased_only before delete on audit.disclosures
  for each row execute function audit.tg_refuse_unless_erasing();
create trigger tg_disclosures__no_truncate before truncate on audit.disclosures
  for each statement execute function audit.tg_refuse();
