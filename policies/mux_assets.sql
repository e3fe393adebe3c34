-- Nobody reads or writes Mux assets directly: functions fold Mux's events into them and decide playback from them.

revoke all on app.mux_assets from mm_anon, mm_coach, mm_admin, mm_compliance, mm_operator, mm_auditor, mm_service;
