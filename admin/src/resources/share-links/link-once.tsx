import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useCopy } from '../../components/copyable.tsx';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';

type Props = {
  link: string;
  expiresAt: string;
  /** What its holder needs besides it. */
  needs?: readonly string[];
  /** For the sites that may show it in a frame. */
  embed?: string | undefined;
  children?: ReactNode;
  onCopied: () => void;
  onDone: () => void;
};

/** The only place and the only moment in which the whole link can be read. */
export function LinkOnce({ link, expiresAt, needs = [], embed, children, onCopied, onDone }: Props) {
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
      {children}
      <section aria-label={text.links.needs.title}>
        <h3>{text.links.needs.title}</h3>
        {needs.length === 0 ? (
          <p>{text.links.needs.nothing}</p>
        ) : (
          <ul className="mm-needs">
            {needs.map((need) => (
              <li key={need}>{need}</li>
            ))}
          </ul>
        )}
      </section>
      {embed ? <EmbedCode code={embed} onCopied={onCopied} /> : null}
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

function EmbedCode({ code, onCopied }: { code: string; onCopied: () => void }) {
  const { copied, copy } = useCopy();
  const field = useId();
  return (
    <details className="mm-options">
      <summary>{text.links.embed.title}</summary>
      <div className="mm-options-body">
        <p className="mm-quiet">{text.links.embed.lead}</p>
        <label htmlFor={field} className="mm-visually-hidden">
          {text.links.embed.field}
        </label>
        <Input.TextArea id={field} readOnly autoSize value={code} className="mm-mono" onCopy={onCopied} />
        <div className="mm-form-actions mm-gap">
          <Button
            icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
            onClick={async () => {
              if (await copy(code)) onCopied();
            }}
          >
            {text.links.embed.copy}
          </Button>
        </div>
      </div>
    </details>
  );
}
