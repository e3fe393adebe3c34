import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { useId } from 'react';
import { useCopy } from '../../components/copyable.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';

type Props = { link: string; expiresAt: string; onCopied: () => void; onDone: () => void };

/** The only place and the only moment in which the whole link can be read. */
export function LinkOnce({ link, expiresAt, onCopied, onDone }: Props) {
  const { copied, copy } = useCopy();
  const field = useId();
  const warning = useId();
  return (
    <div className="mm-link-once">
      <Alert type="warning" showIcon title={<span id={warning}>{text.links.created.warning}</span>} />
      <div>
        <label htmlFor={field} className="mm-visually-hidden">
          {text.links.created.field}
        </label>
        <Input
          id={field}
          readOnly
          value={link}
          aria-describedby={warning}
          className="mm-mono"
          onFocus={(event) => event.target.select()}
          onCopy={onCopied}
        />
      </div>
      <p className="mm-quiet">{text.links.created.endsAt(exact(new Date(expiresAt)))}</p>
      <div className="mm-dialog-actions">
        <Button onClick={onDone}>{text.links.created.done}</Button>
        <Button
          type="primary"
          autoFocus
          icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
          onClick={async () => {
            if (await copy(link)) onCopied();
          }}
        >
          {copied ? text.links.created.copied : text.links.created.copy}
        </Button>
        <span role="status" className="mm-visually-hidden">
          {copied ? text.links.created.copied : ''}
        </span>
      </div>
    </div>
  );
}
