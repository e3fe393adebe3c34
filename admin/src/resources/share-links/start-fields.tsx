import { Form, Input, Radio } from 'antd';
import { text } from '../../locales/index.ts';
import { toLocalInput } from '../../time/local-input.ts';
import { ownZone } from '../../time/zone.ts';

/** From when on a link works. */
export function StartFields({ isLater, now }: { isLater: boolean; now: Date }) {
  const words = text.links.form;
  return (
    <>
      <Form.Item name="starts" label={words.starts} extra={words.startsHint}>
        <Radio.Group
          options={[
            { value: 'now', label: words.startsNow },
            { value: 'later', label: words.custom },
          ]}
        />
      </Form.Item>
      {isLater ? (
        <Form.Item name="starts_at" label={words.startLabel(ownZone())}>
          <Input type="datetime-local" min={toLocalInput(now)} />
        </Form.Item>
      ) : null}
    </>
  );
}
