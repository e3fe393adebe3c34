-- A seal is never taken back: append-only for everybody, the owner included.
create trigger tg_leaves__append_only before update or delete on audit.leaves
  for each row execute function audit.tg_refuse();
create trigger tg_leaves__no_truncate before truncate on audit.leaves
  for each statement execute function audit.tg_refuse();
