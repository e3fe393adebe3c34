import { useDataProvider } from '@refinedev/core';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { Dialog } from '../../../components/dialog.tsx';
import { faultsOf, sentenceOf, showFaults } from '../../../components/form-faults.ts';
import { WorkingButton } from '../../../components/working-button.tsx';
import { text } from '../../../locales/index.ts';
import { isApiError } from '../../../providers/data/index.ts';
import type { ShareLinkRow, ShareRecipientRow } from '../../rows.ts';
import { useFunction } from '../../use-function.ts';
import { readLines, writeLines } from '../lines.ts';
import { AudienceFields, NoteField } from '../option-fields.tsx';
import { recipientsOf } from '../use-recipients.ts';
import { Conflict } from './conflict.tsx';
import { changesOf, type Editable, editableFields, editableOf } from './editable.ts';

type Props = {
  link: ShareLinkRow;
  recipients: readonly ShareRecipientRow[];
  open: boolean;
  onClose: () => void;
};

/** Changes what may be changed of a link that lives. */
export function EditShareLink({ open, onClose, ...given }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={text.links.edit.title} width={580}>
      <EditForm {...given} onDone={onClose} />
    </Dialog>
  );
}

type FormValues = Omit<Editable, 'recipients' | 'embed_origins'> & { recipients: string; embed_origins: string };

const written = (values: Editable): FormValues => ({
  ...values,
  recipients: writeLines(values.recipients),
  embed_origins: writeLines(values.embed_origins),
});
const read = (values: FormValues): Editable => ({
  label: values.label.trim(),
  note: values.note.trim(),
  max_views: values.max_views ?? null,
  recipients: readLines(values.recipients),
  embed_origins: readLines(values.embed_origins),
});

/** A version of the link that somebody has seen, and what stood in it. */
type Seen = { version: number; values: Editable };

function EditForm({ link, recipients, onDone }: Omit<Props, 'open' | 'onClose'> & { onDone: () => void }) {
  const [form] = Form.useForm<FormValues>();
  const [seen, setSeen] = useState<Seen>(() => ({ version: link.version, values: editableOf(link, recipients) }));
  const [mine, setMine] = useState<Editable>();
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const readNow = useNewestVersion(link.id);
  const update = useFunction('update_share_token', z.object({ version: z.int() }), [
    'share_tokens',
    'share_recipients',
    'audit_entries',
  ]);

  const submit = async (filled: FormValues) => {
    setFailure(undefined);
    setMine(undefined);
    const wanted = read(filled);
    const changes = changesOf(seen.values, wanted);
    if (Object.keys(changes).length === 0) return onDone();
    setSending(true);
    try {
      await update({ id: link.id, version: seen.version, ...changes });
      onDone();
    } catch (error) {
      await refuse(error, wanted);
    } finally {
      setSending(false);
    }
  };

  const refuse = async (error: unknown, wanted: Editable) => {
    const faults = faultsOf(error);
    if (faults) return setFailure(showFaults(form, editableFields, faults));
    if (!isApiError(error) || error.code !== 'data.changed_meanwhile') return setFailure(sentenceOf(error));
    try {
      setSeen(await readNow());
      setMine(wanted);
    } catch (unread) {
      setFailure(sentenceOf(unread));
    }
  };

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={written(seen.values)}
      onFinish={submit}
      noValidate
    >
      {failure ? <Alert type="error" showIcon title={failure} className="mm-form-alert" /> : null}
      {mine ? (
        <Conflict
          mine={mine}
          theirs={seen.values}
          onTakeTheirs={() => {
            form.setFieldsValue(written(seen.values));
            setMine(undefined);
          }}
        />
      ) : null}
      <Form.Item name="label" label={text.links.form.label} extra={text.links.form.labelHint}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <AudienceFields hasRecipients={seen.values.recipients.length > 0} />
      <NoteField />
      <p className="mm-quiet">{text.links.edit.fixed}</p>
      <div className="mm-dialog-actions">
        <Button onClick={onDone}>{text.actions.cancel}</Button>
        <WorkingButton type="primary" htmlType="submit" isWorking={sending}>
          {mine ? text.links.edit.saveMine : text.actions.save}
        </WorkingButton>
      </div>
    </Form>
  );
}

/** Reads the link as it is now, past everything that is kept of it. */
function useNewestVersion(id: string): () => Promise<Seen> {
  const dataProvider = useDataProvider()();
  return async () => {
    const [{ data: link }, { data: recipients }] = await Promise.all([
      dataProvider.getOne<ShareLinkRow>({ resource: 'share_tokens', id }),
      dataProvider.getList<ShareRecipientRow>(recipientsOf(id)),
    ]);
    return { version: link.version, values: editableOf(link, recipients) };
  };
}
