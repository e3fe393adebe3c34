import { Checkbox, Form, Input, InputNumber } from 'antd';
import { text } from '../../locales/index.ts';

/** Who may watch, how often, and where; the same in the form that makes a link and in the one that changes it. */
export function AudienceFields({ hasRecipients = false }: { hasRecipients?: boolean }) {
  const words = text.links.form;
  return (
    <>
      <Form.Item
        name="recipients"
        label={words.recipients}
        extra={hasRecipients ? words.recipientsStay : words.recipientsHint}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} spellCheck={false} autoComplete="off" />
      </Form.Item>
      <Form.Item name="max_views" label={words.maxViews} extra={words.maxViewsHint}>
        <InputNumber min={1} max={1000} precision={0} placeholder={words.anyNumber} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="embed_origins" label={words.origins} extra={words.originsHint}>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 6 }}
          spellCheck={false}
          autoComplete="off"
          placeholder="https://club.example"
        />
      </Form.Item>
    </>
  );
}

export function NoteField() {
  return (
    <Form.Item name="note" label={text.links.form.note} extra={text.links.form.noteHint}>
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} autoComplete="off" />
    </Form.Item>
  );
}

/** What a link is made with and never changes. */
export function LockFields() {
  const words = text.links.form;
  return (
    <>
      <Form.Item name="passphrase" label={words.passphrase} extra={words.passphraseHint}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="sign_in_required" valuePropName="checked" extra={words.signInHint}>
        <Checkbox>{words.signIn}</Checkbox>
      </Form.Item>
    </>
  );
}
