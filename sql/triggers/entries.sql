-- The log is append-only for everybody, its owner included. Retention drops whole partitions, which is no DELETE.
create trigger tg_entries__append_only before update or delete on audit.entries
  for each row execute function audit.tg_refuse();
create trigger tg_entries__no_truncate before truncate on audit.entries
  for each statement execute function audit.tg_refuse();
