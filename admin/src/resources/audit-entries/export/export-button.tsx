import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { late } from '../../../components/late.tsx';
import type { FilterValues } from '../../../components/list/list-state.ts';
import { text } from '../../../locales/index.ts';

const ExportDialog = late(
  () => import('./export-dialog.tsx').then((loaded) => loaded.ExportDialog),
  ({ open }) => open,
);

/** Opens the export of the log, or of what the list's filters choose of it. */
export function ExportButton({ values }: { values: FilterValues }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {text.audit.export.open}
      </Button>
      <ExportDialog values={values} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
