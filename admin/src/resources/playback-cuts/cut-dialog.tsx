import { Alert, Checkbox, Form } from 'antd';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { ErrorState, PageSkeleton } from '../../components/states.tsx';
import { text } from '../../locales/index.ts';
import { confirmed, useStepUp } from '../../step-up/step-up.ts';
import { exact } from '../../time/format.ts';
import type { VideoRow } from '../rows.ts';
import '../share-links/share-links.css';
import { useFunction } from '../use-function.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { type CutPreview, cutAnswer, cutPreview } from './answers.ts';

type Props = { video: VideoRow; open: boolean; onClose: () => void };

/** Cuts a video off now: says what that meets, asks why and for a fresh confirmation. How it goes is shown on the video's page. */
export function CutDialog({ video, open, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={text.cut.title}>
      <CutForm video={video} onDone={onClose} />
    </Dialog>
  );
}

function CutForm({ video, onDone }: { video: VideoRow; onDone: () => void }) {
  const { ask } = useStepUp();
  const { rows, error, refetch } = useRowsOf('preview_cut', cutPreview, { args: { video_id: video.id }, fresh: true });
  const cut = useFunction('cut_playback', cutAnswer, [
    'playback_cuts',
    'share_tokens',
    'videos',
    'revocations',
    'audit_entries',
  ]);
  const preview = rows?.[0];
  const words = text.cut;

  const send = async (reason: string, { revoke_links }: Record<string, unknown>) => {
    const revokes = revoke_links === true;
    try {
      await confirmed(ask, () =>
        cut({
          video_id: video.id,
          reason,
          ...(revokes ? { revoke_links: true, expected_count: preview?.live_links } : {}),
        }),
      );
      onDone();
    } catch (failure) {
      // What was counted may be what has changed.
      refetch();
      throw failure;
    }
  };

  return (
    <ReasonForm
      danger
      confirm={words.confirm}
      isBlocked={!preview || preview.is_under_way}
      fields={{ revoke_links: false }}
      onSend={send}
      onCancel={onDone}
    >
      <p>
        <strong>{words.what(video.title)}</strong>
      </p>
      <ul className="mm-consequences">
        {words.consequences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {error && !preview ? <ErrorState title={words.failed} error={error} onRetry={refetch} level="p" /> : null}
      {!preview && !error ? <PageSkeleton /> : null}
      {preview ? <Met preview={preview} /> : null}
    </ReasonForm>
  );
}

function Met({ preview }: { preview: CutPreview }) {
  const words = text.cut;
  const { watching, live_links: links, last_token_expires_at: last, is_under_way } = preview;
  if (is_under_way) return <Alert type="info" showIcon title={words.underWay} className="mm-form-alert" />;
  return (
    <>
      <p role="status">
        {words.watching(watching)} {last ? words.without(exact(new Date(last), { seconds: true })) : words.nobody}
      </p>
      {links > 0 ? (
        <Form.Item name="revoke_links" valuePropName="checked" extra={words.alsoRevokeHint}>
          <Checkbox>{words.alsoRevoke(links)}</Checkbox>
        </Form.Item>
      ) : (
        <p className="mm-quiet mm-gap">{words.noLinks}</p>
      )}
    </>
  );
}
