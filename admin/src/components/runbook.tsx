import { text } from '../locales/index.ts';

/** The lead of a page of operations, and where it is written what to do when something on it is wrong. */
export function RunbookLead({ lead, name }: { lead: string; name: string }) {
  return (
    <>
      {lead}
      <br />
      {text.runbook} <code>docs/runbooks/{name}.md</code>
    </>
  );
}
