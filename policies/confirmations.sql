-- Nobody reads or writes a used confirmation: authz.use_confirmation() does, for the functions that demand one.

revoke all on authz.confirmations from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
