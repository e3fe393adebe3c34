-- What was signed is never taken back: append-only for everybody, the owner included.
create trigger tg_checkpoints__append_only before update or delete on audit.checkpoints
  for each row execute function audit.tg_refuse();
create trigger tg_checkpoints__no_truncate before truncate on audit.checkpoints
  for each statement execute function audit.tg_refuse();
