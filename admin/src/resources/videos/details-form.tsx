import { useForm } from '@refinedev/antd';
import type { HttpError } from '@refinedev/core';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { WorkingButton } from '../../components/working-button.tsx';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import type { VideoRow } from '../rows.ts';

type Values = { title: string; description: string | null };

/** Changes title and description; what somebody else changed meanwhile is not overwritten unseen. */
export default function DetailsForm({ video, onDone }: { video: VideoRow; onDone: () => void }) {
  // The version that was on the screen when editing began; renewed when a conflict has been shown.
  const [version, setVersion] = useState(video.version);
  const [failure, setFailure] = useState<HttpError>();
  const { formProps, formLoading, onFinish } = useForm<VideoRow, HttpError, Values>({
    resource: 'videos',
    action: 'edit',
    id: video.id,
    redirect: false,
    queryOptions: { enabled: false },
    mutationMeta: { version },
    invalidates: ['list', 'detail'],
    warnWhenUnsavedChanges: false,
    successNotification: { type: 'success', message: text.videos.saved },
    errorNotification: false,
    onMutationSuccess: onDone,
    onMutationError: (error) => {
      setFailure(error);
      const current = currentOf(error);
      if (current) setVersion(current.version);
    },
  });
  const current = failure && currentOf(failure);
  return (
    <Form<Values>
      {...formProps}
      layout="vertical"
      requiredMark={false}
      initialValues={{ title: video.title, description: video.description }}
      onFinish={async ({ title, description }) => {
        setFailure(undefined);
        // A refusal is shown by the form; there is nobody else to tell.
        await onFinish({ title: title.trim(), description: description?.trim() || null }).catch(() => undefined);
      }}
    >
      {failure && !failure.errors ? (
        <Alert
          type={current ? 'warning' : 'error'}
          showIcon
          className="mm-form-alert"
          title={current ? text.videos.conflictTitle : failure.message}
          description={current ? text.videos.conflictBody(current.title) : undefined}
        />
      ) : null}
      <Form.Item
        name="title"
        label={text.videos.columns.title}
        rules={[
          { required: true, whitespace: true, message: text.videos.titleNeeded },
          { max: 200, message: text.videos.titleTooLong },
        ]}
      >
        <Input autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="description"
        label={text.videos.description}
        rules={[{ max: 2000, message: text.videos.descriptionTooLong }]}
      >
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} />
      </Form.Item>
      <div className="mm-form-actions">
        <WorkingButton type="primary" htmlType="submit" isWorking={formLoading}>
          {text.actions.save}
        </WorkingButton>
        <Button onClick={onDone}>{text.actions.discard}</Button>
      </div>
    </Form>
  );
}

/** The row as somebody else left it, when that is why saving was refused. */
function currentOf(error: HttpError): VideoRow | undefined {
  if (!isApiError(error) || error.code !== 'row.version_conflict') return undefined;
  return (error.details as { current: VideoRow }).current;
}
