import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { type Created, CreateForm } from './create-form.tsx';
import { linkOf } from './creation.ts';
import { embedSnippet } from './embed.ts';
import { LinkOnce } from './link-once.tsx';
import { needsOf } from './needs.ts';
import './share-links.css';
import { useLinkShown } from './use-link-shown.ts';

export type CreateDialogProps = {
  open: boolean;
  onClose: () => void;
  /** The video is given; it is not asked for. */
  video?: { id: string; title: string };
};

/** Asks for what a new link needs, then shows the link, once. */
export function CreateShareLink({ open, onClose, video }: CreateDialogProps) {
  const [created, setCreated] = useState<Created>();
  const { leave, askAndLeave, onCopied } = useLinkShown(created !== undefined, () => {
    setCreated(undefined);
    onClose();
  });
  return (
    <Dialog
      open={open}
      onClose={askAndLeave}
      title={created ? text.links.created.title : text.links.form.title}
      width={580}
    >
      {created ? (
        <NewLink created={created} title={video?.title} onCopied={onCopied} onDone={askAndLeave} />
      ) : (
        <CreateForm video={video} onCreated={setCreated} onCancel={leave} />
      )}
    </Dialog>
  );
}

type NewLinkProps = { created: Created; title: string | undefined; onCopied: () => void; onDone: () => void };

function NewLink({ created, title, onCopied, onDone }: NewLinkProps) {
  const { shareUrl } = useConfig();
  const { request, hasPassphrase } = created;
  const link = linkOf(shareUrl, created);
  return (
    <LinkOnce
      link={link}
      expiresAt={created.expires_at}
      needs={needsOf({ ...request, hasPassphrase })}
      embed={request.embed_origins ? embedSnippet(link, title ?? text.links.embed.frameTitle) : undefined}
      onCopied={onCopied}
      onDone={onDone}
    />
  );
}
