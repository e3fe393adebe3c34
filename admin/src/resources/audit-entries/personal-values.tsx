import { EyeOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { late } from '../../components/late.tsx';
import { WorkingButton } from '../../components/working-button.tsx';
import { useAccount, useOffered } from '../../config/account.ts';
import { text } from '../../locales/index.ts';
import { isApiError } from '../../providers/data/index.ts';
import { useFunction } from '../use-function.ts';
import { type Disclosure, disclosures } from './disclosure.ts';

const DiscloseDialog = late(
  () => import('./disclose-dialog.tsx').then((loaded) => loaded.DiscloseDialog),
  ({ open }) => open,
);

type Props = { entryId: string; isShown: boolean; onShown: (values: readonly Disclosure[]) => void };

/** Asks for the personal values of an entry: an admin says why first, a coach reads what is their own. */
export function PersonalValues({ entryId, isShown, onShown }: Props) {
  const may = useOffered('audit_entries', 'disclose');
  const asksWhy = useAccount().role === 'admin';
  // No list is read again: the entry that this makes would push what is read off the page.
  const disclose = useFunction('disclose_audit_entry', disclosures, [], { many: true });
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const show = async () => {
    setFailure(undefined);
    setSending(true);
    try {
      onShown(await disclose({ entry_id: entryId }));
    } catch (error) {
      setFailure(isApiError(error) ? error.message : text.errors.unnamed);
    } finally {
      setSending(false);
    }
  };

  if (isShown) return <p role="status">{text.audit.personal.shown}</p>;
  return (
    <div className="mm-personal">
      <span className="mm-quiet mm-small">{may ? text.audit.personal.apart : text.audit.personal.ofAdmins}</span>
      {may ? (
        <WorkingButton
          size="small"
          icon={<EyeOutlined aria-hidden />}
          isWorking={isSending}
          onClick={() => (asksWhy ? setAsking(true) : void show())}
        >
          {asksWhy ? text.audit.personal.showWithReason : text.audit.personal.show}
        </WorkingButton>
      ) : null}
      {failure ? <span role="alert">{failure}</span> : null}
      <DiscloseDialog
        open={isAsking}
        disclose={(reason) => disclose({ entry_id: entryId, reason })}
        onShown={(values) => {
          setAsking(false);
          onShown(values);
        }}
        onCancel={() => setAsking(false)}
      />
    </div>
  );
}
