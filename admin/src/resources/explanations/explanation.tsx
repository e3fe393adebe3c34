import { Link } from 'react-router';
import { Moment } from '../../components/moment.tsx';
import { OutcomeTag } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { actionWords } from '../audit-entries/words.ts';
import { agentWords, ruleWords } from '../playback-decisions/rules.ts';
import { nameOfLink } from '../share-links/link-name.ts';
import type { ExplainedChange, ExplainedDecision, ExplanationRow } from './answers.ts';
import { sentencesOf } from './sentences.ts';

/** One link, or the previews by staff: why it could be used, what was decided, and what had been changed. */
export function Explanation({ row }: { row: ExplanationRow }) {
  const words = text.why;
  const name = row.public_id ? nameOfLink({ label: row.label, public_id: row.public_id }) : words.previews;
  const total = row.plays + row.renewals + row.refusals;
  return (
    <section className="mm-card mm-panel" aria-label={name}>
      <div className="mm-panel-head">
        <h2>{row.share_token_id ? <Link to={`/share-links/${row.share_token_id}`}>{name}</Link> : name}</h2>
      </div>
      <div className="mm-panel-body mm-why">
        {sentencesOf(row).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {row.rules.length === 0 ? <p className="mm-quiet">{words.nobodyAsked}</p> : null}
        <ul className="mm-why-rules">
          {row.rules.map(({ rule, count, first_at, last_at }) => (
            <li key={rule}>
              <OutcomeTag allowed={rule === 'play.allowed'} />
              <span>
                <strong>{words.times(count)}</strong> {ruleWords(rule)}
                <span className="mm-small mm-why-when">
                  <Moment at={first_at} inline seconds />
                  {count > 1 ? (
                    <>
                      {' – '}
                      <Moment at={last_at} inline seconds />
                    </>
                  ) : null}
                </span>
              </span>
            </li>
          ))}
        </ul>
        {row.decisions.length > 0 ? (
          <details>
            <summary>{words.decisions(row.decisions.length, total)}</summary>
            <Decisions decisions={row.decisions} />
          </details>
        ) : null}
        {row.changes.length > 0 ? (
          <details>
            <summary>{words.changes(row.changes.length)}</summary>
            <Changes changes={row.changes} />
          </details>
        ) : null}
      </div>
    </section>
  );
}

function Decisions({ decisions }: { decisions: readonly ExplainedDecision[] }) {
  return (
    <ol className="mm-why-list">
      {decisions.map((one) => (
        <li key={one.id}>
          <Moment at={one.decided_at} inline seconds />
          <span>
            {ruleWords(one.rule)}
            {one.is_renewal ? ` ${text.decisions.renewal}` : ''}
            <span className="mm-quiet"> · {one.by_name ?? agentWords(one.user_agent_family)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Changes({ changes }: { changes: readonly ExplainedChange[] }) {
  return (
    <ol className="mm-why-list">
      {changes.map((one) => (
        <li key={one.id}>
          <Moment at={one.occurred_at} inline seconds />
          <span>
            <Link to={`/audit-log/${one.id}`}>{actionWords(one.action)}</Link>
            {one.by_name ? ` · ${one.by_name}` : ''}
            {one.reason ? <span className="mm-quiet"> · {one.reason}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
