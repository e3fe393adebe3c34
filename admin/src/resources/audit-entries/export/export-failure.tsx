import { Alert } from 'antd';
import { Copyable } from '../../../components/copyable.tsx';
import { ExportError } from '../../../components/export/receive-export.ts';
import { text } from '../../../locales/index.ts';
import { isApiError } from '../../../providers/data/index.ts';
import { bytes } from '../../../uploads/size.ts';

/** Why there is no file, and that there is none. */
export function ExportFailure({ failure }: { failure: unknown }) {
  const fields = isApiError(failure) ? Object.values(failure.errors ?? {}).flat() : [];
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={text.audit.export.failedTitle}
      description={
        <>
          <p>
            {words(failure)} {text.audit.export.nothingSaved}
          </p>
          {fields.map((sentence) => (
            <p key={String(sentence)}>{String(sentence)}</p>
          ))}
          {isApiError(failure) && failure.requestId ? (
            <p className="mm-small">
              {text.errors.requestId}: <Copyable value={failure.requestId} what={text.errors.requestId} />
            </p>
          ) : null}
        </>
      }
    />
  );
}

function words(failure: unknown): string {
  if (failure instanceof ExportError) {
    return failure.fault === 'cutOff'
      ? text.audit.export.cutOff(bytes(failure.bytes))
      : text.audit.export[failure.fault];
  }
  if (!isApiError(failure)) return text.errors.unnamed;
  return failure.statusCode === 403 && failure.code === 'auth.forbidden' ? text.audit.export.refused : failure.message;
}
