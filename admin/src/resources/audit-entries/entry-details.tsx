import { useState } from 'react';
import type { AuditRow } from '../rows.ts';
import './audit.css';
import { ChangesTable } from './changes-table.tsx';
import { hasPersonalValues } from './diff.ts';
import type { Disclosure } from './disclosure.ts';
import { EntryFacts } from './entry-facts.tsx';
import { PersonalValues } from './personal-values.tsx';

/** What an entry holds: both sides of the change, and what else is known of it. */
export function EntryDetails({ entry }: { entry: AuditRow }) {
  return (
    <div className="mm-entry">
      <EntryChanges entry={entry} />
      <EntryFacts entry={entry} linksToItself />
    </div>
  );
}

/** Both sides of the change, with the personal values once they were asked for; they are forgotten with the entry. */
export function EntryChanges({ entry }: { entry: AuditRow }) {
  const [disclosures, setDisclosures] = useState<readonly Disclosure[]>();
  return (
    <div className="mm-entry-changes">
      {hasPersonalValues(entry.before, entry.after) ? (
        <PersonalValues entryId={entry.id} isShown={disclosures !== undefined} onShown={setDisclosures} />
      ) : null}
      <ChangesTable entry={entry} disclosures={disclosures} />
    </div>
  );
}
