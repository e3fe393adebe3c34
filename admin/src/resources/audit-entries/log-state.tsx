import { SafetyCertificateOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Moment } from '../../components/moment.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { checkpointUrl, useNewestCheckpoint } from './checkpoint.ts';
import { Command } from './command.tsx';
import { CheckFileLate } from './verify/check-file-late.tsx';
import { keepCommands, verifyCommand } from './verify-commands.ts';

const exampleFile = 'audit-log.jsonl';

/** Up to where the log is signed, and how anybody checks that without us. */
export function LogState() {
  return (
    <section className="mm-card mm-log-state" aria-label={text.audit.state.label}>
      <Signed />
      <details>
        <summary>{text.audit.state.how}</summary>
        <p>{text.audit.state.howLead}</p>
        <Command
          label={text.audit.state.terminal}
          lines={[...keepCommands(globalThis.location.origin), verifyCommand(exampleFile)]}
        />
      </details>
      <CheckFileLate />
    </section>
  );
}

function Signed() {
  const { data: checkpoint, isPending, refetch } = useNewestCheckpoint();
  if (isPending) return <p className="mm-quiet">{text.shell.loadingPage}</p>;
  if (checkpoint === undefined) {
    return (
      <p className="mm-log-signed">
        <Status tone="warn" icon={<WarningOutlined />}>
          {text.audit.state.unreadable}
        </Status>
        <Button size="small" onClick={() => void refetch()}>
          {text.actions.tryAgain}
        </Button>
      </p>
    );
  }
  if (checkpoint === null) {
    return (
      <p className="mm-log-signed">
        <Status tone="busy" icon={<SafetyCertificateOutlined />}>
          {text.audit.state.unsigned}
        </Status>
        {text.audit.state.unsignedBody}
      </p>
    );
  }
  return (
    <p className="mm-log-signed">
      <Status tone="good" icon={<SafetyCertificateOutlined />}>
        {text.audit.state.signed}
      </Status>
      <Moment at={checkpoint.signedAt} inline seconds />
      <span className="mm-nums">{text.audit.state.covers(checkpoint.entries, checkpoint.size)}</span>
      <a href={checkpointUrl} target="_blank" rel="noreferrer">
        {text.audit.state.open}
      </a>
    </p>
  );
}
