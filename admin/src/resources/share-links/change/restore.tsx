import { Form } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { Dialog } from '../../../components/dialog.tsx';
import { ReasonForm } from '../../../components/reason-form.tsx';
import { useConfig } from '../../../config/runtime.ts';
import { text } from '../../../locales/index.ts';
import { expiryAfter, presets, type ShareLife } from '../../../time/expiry.ts';
import { fromLocalInput } from '../../../time/local-input.ts';
import type { ShareLinkRow } from '../../rows.ts';
import { useFunction } from '../../use-function.ts';
import { createAnswer, linkOf } from '../creation.ts';
import { embedSnippet } from '../embed.ts';
import { LifeFields } from '../life-fields.tsx';
import { nameOfLink } from '../link-name.ts';
import { LinkOnce } from '../link-once.tsx';
import { needsOf } from '../needs.ts';
import { useLinkShown } from '../use-link-shown.ts';

const restoreAnswer = createAnswer.extend({ restores_id: z.uuid() });
type RestoreAnswer = z.output<typeof restoreAnswer>;

type Props = { link: ShareLinkRow; recipients: readonly string[]; open: boolean; onClose: () => void };

/** Makes a new link with the settings of one that was revoked or has ended; what was taken back stays dead. */
export function RestoreShareLink({ link, recipients, open, onClose }: Props) {
  const { shareUrl } = useConfig();
  const [answer, setAnswer] = useState<RestoreAnswer>();
  const { leave, askAndLeave, onCopied } = useLinkShown(answer !== undefined, () => {
    setAnswer(undefined);
    onClose();
  });
  const url = answer && linkOf(shareUrl, answer);
  const title = link.video_title ?? text.links.embed.frameTitle;
  return (
    <Dialog
      open={open}
      onClose={askAndLeave}
      title={answer ? text.links.created.title : text.links.restore.title}
      width={580}
    >
      {answer && url ? (
        <LinkOnce
          link={url}
          expiresAt={answer.expires_at}
          needs={needsOf({ ...link, starts_at: null, recipients, hasPassphrase: link.has_passphrase })}
          embed={link.embed_origins.length > 0 ? embedSnippet(url, title) : undefined}
          onCopied={onCopied}
          onDone={askAndLeave}
        />
      ) : (
        <RestoreForm link={link} onDone={setAnswer} onCancel={leave} />
      )}
    </Dialog>
  );
}

type FormProps = { link: ShareLinkRow; onDone: (answer: RestoreAnswer) => void; onCancel: () => void };

function RestoreForm({ link, onDone, onCancel }: FormProps) {
  const { shareLife, clockSkewMs } = useConfig();
  const restore = useFunction('restore_share_token', restoreAnswer, ['share_tokens', 'videos', 'audit_entries']);
  const words = text.links.restore;
  return (
    <ReasonForm
      confirm={words.confirm}
      fields={{ life: presets(shareLife).at(-1) ?? 'custom', expires_at: '' }}
      placeOf={(field, { life }) => (field === 'expires_at' && life !== 'custom' ? 'life' : field)}
      onSend={async (reason, { life, expires_at }) => {
        const now = new Date(Date.now() + clockSkewMs);
        const end = meantEnd({ life, expires_at }, now, shareLife);
        onDone(await restore({ id: link.id, reason, expires_at: end?.toISOString() ?? null }));
      }}
      onCancel={onCancel}
    >
      <p>
        <strong>{words.what(nameOfLink(link))}</strong>
      </p>
      <ul className="mm-consequences">
        {words.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <RestoreLife />
    </ReasonForm>
  );
}

function RestoreLife() {
  const { shareLife, clockSkewMs } = useConfig();
  const life: unknown = Form.useWatch('life');
  const chosen: unknown = Form.useWatch('expires_at');
  const now = new Date(Date.now() + clockSkewMs);
  return (
    <LifeFields
      shareLife={shareLife}
      begins={now}
      isCustom={life === 'custom'}
      end={meantEnd({ life, expires_at: chosen }, now, shareLife)}
    />
  );
}

function meantEnd({ life, expires_at }: Record<string, unknown>, now: Date, shareLife: ShareLife): Date | undefined {
  if (typeof life === 'number') return expiryAfter(life, now, shareLife);
  return fromLocalInput(String(expires_at ?? ''));
}
