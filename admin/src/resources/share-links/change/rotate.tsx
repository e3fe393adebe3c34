import { useState } from 'react';
import { z } from 'zod';
import { Dialog } from '../../../components/dialog.tsx';
import { ReasonForm } from '../../../components/reason-form.tsx';
import { useConfig } from '../../../config/runtime.ts';
import { text } from '../../../locales/index.ts';
import { exact } from '../../../time/format.ts';
import type { ShareLinkRow } from '../../rows.ts';
import { useFunction } from '../../use-function.ts';
import { createAnswer, linkOf } from '../creation.ts';
import { embedSnippet } from '../embed.ts';
import { nameOfLink } from '../link-name.ts';
import { LinkOnce } from '../link-once.tsx';
import { needsOf } from '../needs.ts';
import { PlaybackBound } from '../playback-bound.tsx';
import { useLinkShown } from '../use-link-shown.ts';

const rotateAnswer = createAnswer.extend({
  version: z.int(),
  last_byte_possible_by: z.iso.datetime({ offset: true }),
});
type RotateAnswer = z.output<typeof rotateAnswer>;

type Props = { link: ShareLinkRow; recipients: readonly string[]; open: boolean; onClose: () => void };

/** Gives a link a new secret: the old link is dead, the new one is shown once. */
export function RotateShareLink({ link, recipients, open, onClose }: Props) {
  const [answer, setAnswer] = useState<RotateAnswer>();
  const { leave, askAndLeave, onCopied } = useLinkShown(answer !== undefined, () => {
    setAnswer(undefined);
    onClose();
  });
  const words = text.links.rotate;
  return (
    <Dialog open={open} onClose={askAndLeave} title={answer ? words.doneTitle : words.title} width={580}>
      {answer ? (
        <NewSecret answer={answer} link={link} recipients={recipients} onCopied={onCopied} onDone={askAndLeave} />
      ) : (
        <RotateForm link={link} onDone={setAnswer} onCancel={leave} />
      )}
    </Dialog>
  );
}

type FormProps = { link: ShareLinkRow; onDone: (answer: RotateAnswer) => void; onCancel: () => void };

function RotateForm({ link, onDone, onCancel }: FormProps) {
  const words = text.links.rotate;
  const rotate = useFunction('rotate_share_token', rotateAnswer, ['share_tokens', 'audit_entries']);
  return (
    <ReasonForm
      danger
      confirm={words.confirm}
      onSend={async (reason) => onDone(await rotate({ id: link.id, version: link.version, reason }))}
      onCancel={onCancel}
    >
      <p>
        <strong>{words.what(nameOfLink(link))}</strong>
      </p>
      <ul className="mm-consequences">
        {words.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>
          <PlaybackBound linkId={link.id} />
        </li>
      </ul>
    </ReasonForm>
  );
}

type NewSecretProps = {
  answer: RotateAnswer;
  link: ShareLinkRow;
  recipients: readonly string[];
  onCopied: () => void;
  onDone: () => void;
};

function NewSecret({ answer, link, recipients, onCopied, onDone }: NewSecretProps) {
  const { shareUrl } = useConfig();
  const url = linkOf(shareUrl, answer);
  return (
    <LinkOnce
      link={url}
      expiresAt={answer.expires_at}
      needs={needsOf({ ...link, recipients, hasPassphrase: link.has_passphrase })}
      embed={
        link.embed_origins.length > 0 ? embedSnippet(url, link.video_title ?? text.links.embed.frameTitle) : undefined
      }
      onCopied={onCopied}
      onDone={onDone}
    >
      <p className="mm-quiet">
        {text.links.rotate.oldEnds(exact(new Date(answer.last_byte_possible_by), { seconds: true }))}
      </p>
    </LinkOnce>
  );
}
