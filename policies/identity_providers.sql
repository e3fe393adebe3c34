-- Nobody reads or writes the identity providers: deploy writes them, authz.check_request() compares with them.

revoke all on authz.identity_providers
  from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
