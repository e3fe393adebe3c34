-- Up Migration

-- A finding of its own: an asset has a signed playback id besides ours, and no cut is under way. The table holds what runs found, kept for a
-- year: small.
alter table app.reconciliation_findings
  drop constraint reconciliation_findings_kind_check,
  add constraint reconciliation_findings_kind_check check (kind in (
    'upload_differs', 'upload_orphan', 'upload_gone', 'asset_unmatched', 'asset_differs', 'asset_contradicts', 'asset_orphan',
    'asset_withdrawn', 'asset_public', 'asset_second_id', 'asset_missing', 'link_dead'));
