-- A seal is never taken back: append-only for everybody, the owner included.
create trigger tg_tree_nodes__append_only before update or delete on audit.tree_nodes
  for each row execute function audit.tg_refuse();
create trigger tg_tree_nodes__no_truncate before truncate on audit.tree_nodes
  for each statement execute function audit.tg_refuse();
