import { Alert, Button, Form, Input } from 'antd';
import { useRef, useState } from 'react';
import { type Faults, faultsOf, sentenceOf, showFaults } from '../../components/form-faults.ts';
import { RecordSelect } from '../../components/list/record-select.tsx';
import { WorkingButton } from '../../components/working-button.tsx';
import { useConfig } from '../../config/runtime.ts';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { presets } from '../../time/expiry.ts';
import { fromLocalInput } from '../../time/local-input.ts';
import { shareableVideoSource } from '../sources.ts';
import { useFunction } from '../use-function.ts';
import { type CreateAnswer, type CreateRequest, type CreateValues, createAnswer, endOf, readForm } from './creation.ts';
import { LifeFields } from './life-fields.tsx';
import { AudienceFields, LockFields, NoteField } from './option-fields.tsx';
import { StartFields } from './start-fields.tsx';

/** Moments as their fields hold them. */
type FormValues = Omit<CreateValues, 'expires_at' | 'starts_at'> & { expires_at?: string; starts_at?: string };

const plainFields = ['video_id', 'life', 'expires_at', 'label'];
const optionFields = [
  'starts_at',
  'recipients',
  'max_views',
  'embed_origins',
  'passphrase',
  'sign_in_required',
  'note',
];

export type Created = CreateAnswer & { request: CreateRequest; hasPassphrase: boolean };

type CreateFormProps = {
  /** Given from outside, or asked for. */
  video: { id: string; title: string } | undefined;
  onCreated: (created: Created) => void;
  onCancel: () => void;
};

const withMoments = (values: FormValues): CreateValues => ({
  ...values,
  expires_at: fromLocalInput(values.expires_at ?? ''),
  starts_at: fromLocalInput(values.starts_at ?? ''),
});

/** What a new link needs; the options are there for whom they are for. Wrong values are said at their fields, whoever found them. */
export function CreateForm({ video, onCreated, onCancel }: CreateFormProps) {
  const { shareLife, clockSkewMs } = useConfig();
  const { api } = useServices();
  const [form] = Form.useForm<FormValues>();
  const create = useFunction('create_share_token', createAnswer, ['share_tokens', 'videos', 'audit_entries']);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const options = useRef<HTMLDetailsElement>(null);
  const now = new Date(Date.now() + clockSkewMs);
  const values = Form.useWatch([], form) as FormValues | undefined;
  const meant = values ? withMoments(values) : undefined;

  const say = (faults: Faults) => {
    // A preset has no date field on the screen: what is wrong with the end is said at the presets.
    const place = (name: string) => {
      if (name === 'passphrase_hash') return 'passphrase';
      return name === 'expires_at' && form.getFieldValue('life') !== 'custom' ? 'life' : name;
    };
    const placed = Object.fromEntries(Object.entries(faults).map(([name, errors]) => [place(name), errors]));
    if (options.current && optionFields.some((field) => field in placed)) options.current.open = true;
    setFailure(showFaults(form, [...plainFields, ...optionFields], placed));
  };

  const submit = async (filled: FormValues) => {
    setFailure(undefined);
    const read = readForm(withMoments(filled), new Date(Date.now() + clockSkewMs), shareLife);
    if ('faults' in read) return say(read.faults);
    setSending(true);
    try {
      const { request, passphrase } = read;
      const hash = passphrase ? await api.hashPassphrase(passphrase) : undefined;
      const answer = await create({ ...request, ...(hash ? { passphrase_hash: hash } : {}) });
      onCreated({ ...answer, request, hasPassphrase: hash !== undefined });
    } catch (error) {
      const faults = faultsOf(error);
      if (faults) say(faults);
      else setFailure(sentenceOf(error));
    } finally {
      setSending(false);
    }
  };

  return (
    <Form<FormValues>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ video_id: video?.id, life: presets(shareLife).at(-1) ?? 'custom', starts: 'now', label: '' }}
      onFinish={submit}
      // What was said about a value no longer holds for another one.
      onValuesChange={(changed: Partial<FormValues>) =>
        form.setFields(Object.keys(changed).map((name) => ({ name: name as keyof FormValues, errors: [] })))
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
      <LifeFields
        shareLife={shareLife}
        begins={meant?.starts === 'later' && meant.starts_at ? meant.starts_at : now}
        isCustom={meant?.life === 'custom'}
        end={meant ? endOf(meant, now, shareLife) : undefined}
      />
      <Form.Item name="label" label={text.links.form.label} extra={text.links.form.labelHint}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <details className="mm-options" ref={options}>
        <summary>{text.links.form.options}</summary>
        <div className="mm-options-body">
          <p className="mm-quiet">{text.links.form.optionsLead}</p>
          <StartFields isLater={meant?.starts === 'later'} now={now} />
          <AudienceFields />
          <LockFields />
          <NoteField />
        </div>
      </details>
      <div className="mm-dialog-actions">
        <Button onClick={onCancel}>{text.actions.cancel}</Button>
        <WorkingButton type="primary" htmlType="submit" isWorking={sending}>
          {text.links.form.submit}
        </WorkingButton>
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
