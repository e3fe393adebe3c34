-- Nobody reads the tree or writes to it directly: audit.seal_entries() makes the nodes.

revoke all on audit.tree_nodes from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
