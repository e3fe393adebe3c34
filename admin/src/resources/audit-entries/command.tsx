import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCopy } from '../../components/copyable.tsx';
import { text } from '../../locales/index.ts';

/** Lines for a terminal, with a button that copies them all. */
export function Command({ label, lines }: { label: string; lines: readonly string[] }) {
  const { copied, copy } = useCopy();
  return (
    <div className="mm-command">
      <div className="mm-command-head">
        <span className="mm-quiet mm-small">{label}</span>
        <Button
          type="text"
          size="small"
          icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
          aria-label={text.copy.label(text.audit.state.commands)}
          onClick={() => void copy(lines.join('\n'))}
        />
        <span className="mm-visually-hidden" role="status">
          {copied ? text.copy.done(text.audit.state.commands) : ''}
        </span>
      </div>
      <pre>
        <code>{lines.join('\n')}</code>
      </pre>
    </div>
  );
}
