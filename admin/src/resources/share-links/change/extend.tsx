import { Form, Input, Radio } from 'antd';
import { z } from 'zod';
import { Dialog } from '../../../components/dialog.tsx';
import { ReasonForm } from '../../../components/reason-form.tsx';
import { useConfig } from '../../../config/runtime.ts';
import { text } from '../../../locales/index.ts';
import { exact } from '../../../time/format.ts';
import { fromLocalInput, toLocalInput } from '../../../time/local-input.ts';
import { ownZone } from '../../../time/zone.ts';
import type { ShareLinkRow } from '../../rows.ts';
import { useFunction } from '../../use-function.ts';
import { latestEnd } from './latest-end.ts';

type Props = { link: ShareLinkRow; open: boolean; onClose: () => void };

/** Lets a link that lives end later. */
export function ExtendShareLink({ link, open, onClose }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={text.links.extend.title} width={500}>
      <ExtendForm link={link} onDone={onClose} />
    </Dialog>
  );
}

function ExtendForm({ link, onDone }: { link: ShareLinkRow; onDone: () => void }) {
  const { shareLife } = useConfig();
  const latest = latestEnd(link, shareLife);
  const extend = useFunction('extend_share_token', z.object({ version: z.int() }), ['share_tokens', 'audit_entries']);
  return (
    <ReasonForm
      isOptional
      confirm={text.links.extend.confirm}
      fields={{ until: 'latest', expires_at: toLocalInput(latest) }}
      placeOf={(field, { until }) => (field === 'expires_at' && until === 'latest' ? 'until' : field)}
      onSend={async (reason, { until, expires_at }) => {
        const end = until === 'latest' ? latest : fromLocalInput(String(expires_at ?? ''));
        const { id, version } = link;
        await extend({ id, version, expires_at: end?.toISOString() ?? null, reason: reason || null });
        onDone();
      }}
      onCancel={onDone}
    >
      <p>{text.links.extend.endsNow(exact(new Date(link.expires_at)))}</p>
      <UntilFields link={link} latest={latest} />
    </ReasonForm>
  );
}

function UntilFields({ link, latest }: { link: ShareLinkRow; latest: Date }) {
  const words = text.links.extend;
  const isCustom = Form.useWatch('until') === 'custom';
  return (
    <>
      <Form.Item name="until" label={words.until}>
        <Radio.Group
          className="mm-lives"
          options={[
            { value: 'latest', label: words.latest(exact(latest)) },
            { value: 'custom', label: text.links.form.custom },
          ]}
        />
      </Form.Item>
      <Form.Item name="expires_at" label={text.links.form.customLabel(ownZone())} hidden={!isCustom}>
        <Input type="datetime-local" min={toLocalInput(new Date(link.expires_at))} max={toLocalInput(latest)} />
      </Form.Item>
    </>
  );
}
