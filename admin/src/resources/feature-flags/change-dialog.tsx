import { Form, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { ActDialog, ActForm, type Settle } from '../../components/act-dialog.tsx';
import { text } from '../../locales/index.ts';
import { roles } from '../../providers/auth/account.ts';
import { exact } from '../../time/format.ts';
import { useFunction } from '../use-function.ts';
import { changeAnswer, type FlagRow, type Settings } from './answers.ts';
import { Preview } from './preview.tsx';
import { isSame, settingsWords } from './settings.ts';

type Props = { flag: FlagRow | undefined; onClose: () => void };

/** Changes a flag after a look at whom that reaches. */
export function ChangeFlag({ flag, onClose }: Props) {
  return (
    <ActDialog
      open={flag !== undefined}
      title={flag ? text.flags.dialog.title(flag.id) : ''}
      width={620}
      onClose={onClose}
    >
      {(settle) => (flag ? <ChangeForm flag={flag} {...settle} /> : null)}
    </ActDialog>
  );
}

function ChangeForm({ flag, ...settle }: Settle & { flag: FlagRow }) {
  const change = useFunction('change_feature_flag', changeAnswer, ['feature_flags', 'audit_entries']);
  const { is_enabled, rollout_percent, roles: ofRoles } = flag;
  const [settings, setSettings] = useState<Settings>({ is_enabled, rollout_percent, roles: ofRoles });
  const set = (part: Partial<Settings>) => setSettings((former) => ({ ...former, ...part }));
  const words = text.flags;
  const isUnchanged = isSame(settings, flag);
  return (
    <ActForm
      {...settle}
      confirm={words.dialog.confirm}
      danger={!settings.is_enabled && flag.is_enabled}
      isBlocked={isUnchanged}
      fields={{ is_enabled, rollout_percent, roles: ofRoles }}
      onAct={async (reason) => {
        await change({ key: flag.id, ...settings, version: flag.version, reason });
        return {
          title: words.receipt.title,
          items: [
            [words.receipt.flag, <code key="f">{flag.id}</code>],
            [words.receipt.now, settingsWords(settings)],
            [words.receipt.before, settingsWords(flag)],
            [words.receipt.at, exact(new Date(), { seconds: true })],
          ],
          note: words.receipt.undo,
        };
      }}
    >
      <p className="mm-quiet mm-flag-what">{flag.description}</p>
      <Form.Item name="is_enabled" label={words.dialog.on} valuePropName="checked">
        <Switch onChange={(isOn) => set({ is_enabled: isOn })} />
      </Form.Item>
      <Form.Item name="rollout_percent" label={words.dialog.percent} extra={words.dialog.percentHint}>
        <InputNumber min={0} max={100} precision={0} onChange={(percent) => set({ rollout_percent: percent ?? 0 })} />
      </Form.Item>
      {flag.applies_to === 'people' ? (
        <Form.Item name="roles" label={words.dialog.roles} extra={words.dialog.rolesHint}>
          <Select
            mode="multiple"
            onChange={(chosen: Settings['roles']) => set({ roles: chosen })}
            options={roles.map((value) => ({ value, label: text.account.roles[value] }))}
          />
        </Form.Item>
      ) : null}
      {isUnchanged ? (
        <p className="mm-quiet mm-flag-preview">{words.dialog.noChange}</p>
      ) : (
        <Preview flag={flag.id} settings={settings} />
      )}
    </ActForm>
  );
}
