-- A seal is never taken back: append-only for everybody, the owner included.
create trigger tg_batches__append_only before update or delete on audit.batches
  for each row execute function audit.tg_refuse();
create trigger tg_batches__no_truncate before truncate on audit.batches
  for each statement execute function audit.tg_refuse();
