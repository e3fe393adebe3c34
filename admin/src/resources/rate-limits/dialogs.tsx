import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { Dialog } from '../../components/dialog.tsx';
import { ReasonForm } from '../../components/reason-form.tsx';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { useFunction } from '../use-function.ts';
import { type AbuseRuleRow, type BlockRow, blockAnswer, changeAnswer, liftAnswer, shortHash } from './answers.ts';

// A minute less: the longest is what the database allows, by its own clock.
const endAfter = (hours: number) => new Date(Date.now() + hours * 3_600_000 - 60_000).toISOString();

type BlockProps = {
  /** The keyed hash to block; '' asks for an address; undefined: closed. */
  address: string | undefined;
  onDone: () => void;
  onClose: () => void;
};

/** Blocks an offender by hash, or an address that somebody types, which the api hashes. */
export function BlockDialog({ address, onDone, onClose }: BlockProps) {
  const { api } = useServices();
  const block = useFunction('block_address', blockAnswer, ['address_blocks', 'audit_entries']);
  const words = text.rateLimits.block;
  const send = async (reason: string, values: Record<string, unknown>) => {
    const end = endAfter(Number(values.life));
    if (address) await block({ address, expires_at: end, reason });
    else await api.blockAddress({ address: String(values.address ?? '').trim(), expiresAt: end, reason });
    onDone();
  };
  return (
    <Dialog open={address !== undefined} onClose={onClose} title={words.title}>
      <ReasonForm
        danger
        confirm={words.confirm}
        fields={address ? { life: 24 } : { address: '', life: 24 }}
        onSend={send}
        onCancel={onClose}
      >
        {address ? (
          <p>
            {words.hash} <code>{shortHash(address)}</code>
          </p>
        ) : (
          <Form.Item name="address" label={words.address} extra={words.addressHint}>
            <Input autoComplete="off" inputMode="text" />
          </Form.Item>
        )}
        <ul className="mm-consequences">
          {words.consequences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Form.Item name="life" label={words.life}>
          <Select options={words.lives.map(({ hours, label }) => ({ value: hours, label }))} />
        </Form.Item>
      </ReasonForm>
    </Dialog>
  );
}

type LiftProps = { block: BlockRow | undefined; onDone: () => void; onClose: () => void };

export function LiftDialog({ block, onDone, onClose }: LiftProps) {
  const lift = useFunction('lift_address_block', liftAnswer, ['address_blocks', 'audit_entries']);
  const words = text.rateLimits.lift;
  return (
    <Dialog open={block !== undefined} onClose={onClose} title={words.title}>
      <ReasonForm
        confirm={words.confirm}
        onSend={async (reason) => {
          await lift({ block_id: block?.id, reason });
          onDone();
        }}
        onCancel={onClose}
      >
        <p>{words.what(shortHash(block?.address ?? ''))}</p>
      </ReasonForm>
    </Dialog>
  );
}

type ChangeProps = { rule: AbuseRuleRow | undefined; onClose: () => void };

/** Changes from how many on something is an alert. */
export function ChangeDialog({ rule, onClose }: ChangeProps) {
  const change = useFunction('change_abuse_rule', changeAnswer, ['abuse_rules', 'audit_entries']);
  const words = text.rateLimits.changeRule;
  return (
    <Dialog open={rule !== undefined} onClose={onClose} title={words.title(rule?.id ?? '')}>
      <ReasonForm
        confirm={words.confirm}
        fields={{ threshold: rule?.threshold, window_minutes: rule?.window_minutes, is_watched: rule?.is_watched }}
        onSend={async (reason, { threshold, window_minutes, is_watched }) => {
          await change({ rule_id: rule?.id, threshold, window_minutes, is_watched, reason, version: rule?.version });
          onClose();
        }}
        onCancel={onClose}
      >
        <Form.Item name="threshold" label={words.threshold}>
          <InputNumber min={1} max={1_000_000} precision={0} />
        </Form.Item>
        <Form.Item name="window_minutes" label={words.window}>
          <InputNumber min={1} max={1_440} precision={0} />
        </Form.Item>
        <Form.Item name="is_watched" label={words.watched} valuePropName="checked">
          <Switch />
        </Form.Item>
      </ReasonForm>
    </Dialog>
  );
}
