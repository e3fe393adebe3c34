import { Form, Input, Radio } from 'antd';
import { text } from '../../locales/index.ts';
import { presets, type ShareLife } from '../../time/expiry.ts';
import { exact } from '../../time/format.ts';
import { toLocalInput } from '../../time/local-input.ts';
import { ownZone } from '../../time/zone.ts';

const hourMs = 3_600_000;

type Props = {
  shareLife: ShareLife;
  /** From when on the life counts. */
  begins: Date;
  isCustom: boolean;
  /** The end that is meant at present. */
  end: Date | undefined;
};

/** When a link ends: a life to choose, or an exact moment in the reader's own zone. */
export function LifeFields({ shareLife, begins, isCustom, end }: Props) {
  const words = text.links.form;
  return (
    <>
      <Form.Item name="life" label={words.expiry} extra={!isCustom && end ? words.endsAt(exact(end)) : undefined}>
        <Radio.Group
          className="mm-lives"
          options={[
            ...presets(shareLife).map((hours) => ({ value: hours, label: words.preset(hours) })),
            { value: 'custom' as const, label: words.custom },
          ]}
        />
      </Form.Item>
      {isCustom ? (
        <Form.Item name="expires_at" label={words.customLabel(ownZone())}>
          <Input
            type="datetime-local"
            min={toLocalInput(new Date(begins.getTime() + shareLife.minHours * hourMs))}
            max={toLocalInput(new Date(begins.getTime() + shareLife.maxHours * hourMs))}
          />
        </Form.Item>
      ) : null}
    </>
  );
}
