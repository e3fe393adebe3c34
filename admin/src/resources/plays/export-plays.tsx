import { DownloadOutlined } from '@ant-design/icons';
import { useCsvExport } from '../../components/export/use-csv-export.ts';
import { WorkingButton } from '../../components/working-button.tsx';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import type { PlaysOf } from './answers.ts';

const words = text.plays.export;

function failureWords(failure: unknown): string {
  return `${words.failedTitle}. ${isApiError(failure) ? failure.message : ''} ${words.nothingSaved}`.replace(
    / +/g,
    ' ',
  );
}

/** Saves all sessions as a file; says beside the button how it went. */
export function ExportPlays({ of }: { of: PlaysOf }) {
  const { api } = useServices();
  const { state, start } = useCsvExport('plays', (signal) => api.exportPlays(new URLSearchParams(of), signal));
  return (
    <div className="mm-panel-actions mm-plays-export">
      <span role={state.step === 'failed' ? 'alert' : 'status'} className="mm-small mm-quiet" data-step={state.step}>
        {state.step === 'done' ? words.done(state.fileName) : null}
        {state.step === 'failed' ? failureWords(state.failure) : null}
      </span>
      <WorkingButton
        icon={<DownloadOutlined aria-hidden />}
        isWorking={state.step === 'running'}
        onClick={() => void start()}
      >
        {state.step === 'running' ? words.running : words.action}
      </WorkingButton>
    </div>
  );
}
