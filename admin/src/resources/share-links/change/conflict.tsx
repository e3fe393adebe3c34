import { Alert, Button } from 'antd';
import { text } from '../../../locales/index.ts';
import { differing, type Editable } from './editable.ts';

type Props = { mine: Editable; theirs: Editable; onTakeTheirs: () => void };

/** Somebody else was faster: both versions of what differs, and the way to either. */
export function Conflict({ mine, theirs, onTakeTheirs }: Props) {
  const words = text.links.edit;
  const fields = differing(mine, theirs);
  return (
    <Alert
      type="warning"
      showIcon
      className="mm-form-alert"
      title={words.conflictTitle}
      description={
        fields.length === 0 ? (
          words.conflictSame
        ) : (
          <>
            <p>{words.conflictBody}</p>
            <table className="mm-versions">
              <thead>
                <tr>
                  <th scope="col">{words.field}</th>
                  <th scope="col">{words.mine}</th>
                  <th scope="col">{words.theirs}</th>
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <tr key={field}>
                    <th scope="row">{words.fields[field]}</th>
                    <td>{shown(mine[field])}</td>
                    <td>{shown(theirs[field])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Button size="small" onClick={onTakeTheirs}>
              {words.takeTheirs}
            </Button>
          </>
        )
      }
    />
  );
}

function shown(value: Editable[keyof Editable]): string {
  const words = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return words || text.links.edit.nothing;
}
