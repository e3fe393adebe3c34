-- A receipt is never changed or taken back: append-only for everybody, the owner included.
create trigger tg_erasure_receipts__append_only before update or delete on app.erasure_receipts
  for each row execute function audit.tg_refuse();
create trigger tg_erasure_receipts__no_truncate before truncate on app.erasure_receipts
  for each statement execute function audit.tg_refuse();
