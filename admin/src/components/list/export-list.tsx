import { DownloadOutlined, LoadingOutlined } from '@ant-design/icons';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { useCsvExport } from '../export/use-csv-export.ts';
import { exportFilters } from './export-filters.ts';
import { toCrudFilters } from './list-state.ts';
import type { AnyList } from './set-values.ts';

const words = text.list.export;

/** Saves all rows that match as a file; says beside the button how it went. */
export default function ExportList({ list, resource }: { list: AnyList; resource: string }) {
  const { api } = useServices();
  const { state, start } = useCsvExport(resource.replaceAll('_', '-'), (signal) => {
    const filters = JSON.stringify(exportFilters(toCrudFilters(list.spec, list.state.values)));
    return api.exportList(resource, new URLSearchParams({ filters }), signal);
  });
  const isRunning = state.step === 'running';
  return (
    <>
      <span role={state.step === 'failed' ? 'alert' : 'status'} className="mm-small mm-quiet mm-export-said">
        {state.step === 'done' ? words.done(state.fileName) : null}
        {state.step === 'failed' ? words.failed(isApiError(state.failure) ? state.failure.message : '') : null}
      </span>
      <button type="button" className="mm-tool" disabled={isRunning} onClick={() => void start()}>
        {isRunning ? <LoadingOutlined aria-hidden /> : <DownloadOutlined aria-hidden />}
        {isRunning ? words.running : words.action}
      </button>
    </>
  );
}
