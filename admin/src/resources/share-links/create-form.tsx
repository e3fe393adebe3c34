import { Alert, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { RecordSelect } from '../../components/list/record-field.tsx';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { expiryAfter, presets } from '../../time/expiry.ts';
import { exact, ownZone } from '../../time/format.ts';
import { fromLocalInput, toLocalInput } from '../../time/local-input.ts';
import { shareableVideoSource } from '../sources.ts';
import { useFunction } from '../use-function.ts';
import { type CreateAnswer, type CreateValues, createAnswer, readForm } from './creation.ts';

/** The exact end as its field holds it. */
type FormValues = Omit<CreateValues, 'expires_at'> & { expires_at?: string };

const fields = ['video_id', 'life', 'expires_at', 'label'] as const;

type CreateFormProps = {
  /** Given from outside, or asked for. */
  video: { id: string; title: string } | undefined;
  onCreated: (answer: CreateAnswer) => void;
  onCancel: () => void;
};

/** What a new link needs. Wrong values are said at their fields, whether this page or the server found them. */
export function CreateForm({ video, onCreated, onCancel }: CreateFormProps) {
  const { shareLife, clockSkewMs } = useConfig();
  const [form] = Form.useForm<FormValues>();
  const create = useFunction('create_share_token', createAnswer, ['share_tokens', 'videos', 'audit_entries']);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const serverNow = () => new Date(Date.now() + clockSkewMs);
  const offered = presets(shareLife);
  const life = Form.useWatch('life', form);
  const chosen = Form.useWatch('expires_at', form);
  const end =
    life === 'custom' ? fromLocalInput(chosen ?? '') : life ? expiryAfter(life, serverNow(), shareLife) : undefined;

  const submit = async (values: FormValues) => {
    setFailure(undefined);
    const read = readForm({ ...values, expires_at: fromLocalInput(values.expires_at ?? '') }, serverNow(), shareLife);
    if ('faults' in read) return showFaults(read.faults);
    setSending(true);
    try {
      onCreated(await create(read.request));
    } catch (error) {
      if (isApiError(error) && error.errors) showFaults(error.errors as Record<string, string | string[]>);
      else setFailure(error instanceof Error && isApiError(error) ? error.message : text.errors.unnamed);
    } finally {
      setSending(false);
    }
  };

  const showFaults = (faults: Record<string, string | string[]>) => {
    // A preset has no date field on the screen: what is wrong with the end is said at the presets.
    const place = (name: string) => (name === 'expires_at' && life !== 'custom' ? 'life' : name);
    const entries = Object.entries(faults).map(([name, errors]) => ({ name: place(name), errors: [errors].flat() }));
    const known = entries.flatMap(({ name, errors }) => {
      const field = fields.find((one) => one === name);
      return field ? [{ name: field, errors }] : [];
    });
    form.setFields(known);
    const elsewhere = entries.filter(({ name }) => !fields.some((one) => one === name)).flatMap(({ errors }) => errors);
    if (elsewhere.length > 0) setFailure(elsewhere.join(' '));
    const first = known[0]?.name;
    if (first) form.getFieldInstance(first)?.focus?.();
  };

  return (
    <Form<FormValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ video_id: video?.id, life: offered.at(-1) ?? 'custom', label: '' }}
      onFinish={submit}
      // What was said about a value no longer holds for another one.
      onValuesChange={(changed: Partial<FormValues>) =>
        form.setFields(fields.filter((name) => name in changed).map((name) => ({ name, errors: [] })))
      }
      // The browser would say it in its own words and language.
      noValidate
    >
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      {video ? (
        <p className="mm-form-given">
          <span className="mm-quiet">{text.links.form.video}</span> <strong>{video.title}</strong>
          <Form.Item name="video_id" hidden noStyle>
            <Input />
          </Form.Item>
        </p>
      ) : (
        <Form.Item name="video_id" label={text.links.form.video}>
          <VideoSelect />
        </Form.Item>
      )}
      <Form.Item
        name="life"
        label={text.links.form.expiry}
        extra={life !== 'custom' && end ? text.links.form.endsAt(exact(end)) : undefined}
      >
        <Radio.Group
          className="mm-lives"
          options={[
            ...offered.map((hours) => ({ value: hours, label: text.links.form.preset(hours) })),
            { value: 'custom' as const, label: text.links.form.custom },
          ]}
        />
      </Form.Item>
      {life === 'custom' ? (
        <Form.Item name="expires_at" label={text.links.form.customLabel(ownZone())}>
          <Input
            type="datetime-local"
            min={toLocalInput(new Date(serverNow().getTime() + shareLife.minHours * 3_600_000))}
            max={toLocalInput(new Date(serverNow().getTime() + shareLife.maxHours * 3_600_000))}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="label" label={text.links.form.label} extra={text.links.form.labelHint}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <div className="mm-dialog-actions">
        <Button onClick={onCancel}>{text.actions.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={sending}>
          {text.links.form.submit}
        </Button>
      </div>
    </Form>
  );
}

/** Form.Item hands `value`, `onChange` and `id` to its child. */
function VideoSelect({ value, onChange, id }: { value?: string; onChange?: (next?: string) => void; id?: string }) {
  return (
    <RecordSelect
      {...(id ? { id } : {})}
      source={shareableVideoSource}
      placeholder={text.links.form.videoPlaceholder}
      value={value}
      onChange={(next) => onChange?.(next)}
    />
  );
}
