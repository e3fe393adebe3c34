import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId } from 'react';
import { useCopy } from '../../components/copyable.tsx';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { UploadLink as Link, UploadItem } from '../../uploads/upload-item.ts';
import { linkOf } from '../share-links/creation.ts';

type Props = { item: UploadItem; link: Link; onCopied: () => void };

/** The link that was made with the upload: it can be sent on before the video is ready. */
export function UploadLink({ item, link, onCopied }: Props) {
  const { shareUrl } = useConfig();
  const { copied, copy } = useCopy();
  const warning = useId();
  const url = linkOf(shareUrl, { public_id: link.publicId, secret: link.secret });
  return (
    <div className="mm-upload-link">
      <Input
        readOnly
        value={url}
        className="mm-mono"
        aria-label={text.upload.share.field(item.title)}
        aria-describedby={warning}
        onFocus={(event) => event.target.select()}
        onCopy={onCopied}
      />
      <Button
        icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
        onClick={async () => {
          if (await copy(url)) onCopied();
        }}
      >
        {copied ? text.links.created.copied : text.links.created.copy}
      </Button>
      <span role="status" className="mm-visually-hidden">
        {copied ? text.links.created.copied : ''}
      </span>
      <p id={warning} className="mm-quiet mm-small">
        {text.upload.share.works(exact(new Date(link.expiresAt)))} {link.isCopied ? '' : text.upload.share.once}
      </p>
    </div>
  );
}
