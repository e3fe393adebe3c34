import { useForm } from '@refinedev/antd';
import type { HttpError } from '@refinedev/core';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Panel } from '../../components/page.tsx';
import { useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import type { ShareLinkRow } from '../rows.ts';

/** The label, and the form to change it. */
export function LabelForm({ link }: { link: ShareLinkRow }) {
  const mayEdit = useOffered('share_tokens', 'edit');
  const [editing, setEditing] = useState(false);
  return (
    <Panel
      title={text.links.labelHeading}
      extra={mayEdit && !editing ? <Button onClick={() => setEditing(true)}>{text.links.editLabel}</Button> : null}
    >
      {editing ? (
        <EditLabel link={link} onDone={() => setEditing(false)} />
      ) : (
        <p className={link.label ? undefined : 'mm-quiet'}>{link.label ?? text.links.noLabel}</p>
      )}
    </Panel>
  );
}

function EditLabel({ link, onDone }: { link: ShareLinkRow; onDone: () => void }) {
  const [failure, setFailure] = useState<HttpError>();
  const { formProps, formLoading, onFinish } = useForm<ShareLinkRow, HttpError, { label: string | null }>({
    resource: 'share_tokens',
    action: 'edit',
    id: link.id,
    redirect: false,
    queryOptions: { enabled: false },
    mutationMeta: { version: link.version },
    invalidates: ['list', 'detail'],
    warnWhenUnsavedChanges: false,
    successNotification: { type: 'success', message: text.links.labelSaved },
    errorNotification: false,
    onMutationSuccess: onDone,
    onMutationError: setFailure,
  });
  return (
    <Form<{ label: string | null }>
      {...formProps}
      layout="vertical"
      requiredMark={false}
      initialValues={{ label: link.label }}
      onFinish={async ({ label }) => {
        setFailure(undefined);
        // A refusal is shown by the form; there is nobody else to tell.
        await onFinish({ label: label?.trim() || null }).catch(() => undefined);
      }}
    >
      {failure && !failure.errors ? (
        <Alert type="error" showIcon className="mm-form-alert" title={failure.message} />
      ) : null}
      <Form.Item
        name="label"
        label={text.links.form.label}
        extra={text.links.form.labelHint}
        rules={[{ max: 120, message: text.links.form.labelTooLong }]}
      >
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <div className="mm-form-actions">
        <Button type="primary" htmlType="submit" loading={formLoading}>
          {text.actions.save}
        </Button>
        <Button onClick={onDone}>{text.actions.discard}</Button>
      </div>
    </Form>
  );
}
