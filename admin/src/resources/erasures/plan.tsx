import { Button } from 'antd';
import { useState } from 'react';
import { text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';
import type { ErasureRow, StepRow } from './answers.ts';
import { StepDialog } from './late-dialogs.ts';
import { StepStateTag } from './state-tag.tsx';
import { useSteps } from './use-steps.ts';

/** The plan of an approved erasure, phase by phase, and what proves each step. */
export function Plan({ request }: { request: ErasureRow }) {
  const isUnderWay = request.state === 'approved' || request.state === 'running';
  const reading = useSteps(request.id, isUnderWay ? 4_000 : 60_000);
  const [telling, setTelling] = useState<StepRow>();
  const words = text.erasures.steps;
  const byHand = isUnderWay ? (reading.rows ?? []).filter((step) => step.is_manual && step.state === 'planned') : [];
  return (
    <div className="mm-stack">
      {byHand.length > 0 ? (
        <ReadingPanel
          title={words.byHand}
          rowTitle={words.target}
          empty={words.none}
          reading={{ ...reading, rows: byHand }}
          nameOf={nameOfStep}
          keyOf={({ id }) => id}
          cellsOf={(step) => [
            { title: words.action, value: words.actions[step.action] ?? step.action },
            {
              title: words.tell.title,
              value: (
                <Button size="small" onClick={() => setTelling(step)} aria-label={words.tell.openOf(nameOfStep(step))}>
                  {words.tell.open}
                </Button>
              ),
            },
          ]}
        />
      ) : null}
      <ReadingPanel
        title={words.title}
        rowTitle={words.target}
        empty={request.state === 'requested' ? words.notYet : words.none}
        reading={reading}
        nameOf={nameOfStep}
        keyOf={({ id }) => id}
        cellsOf={(step) => [
          { title: words.phase, value: words.phases[String(step.phase)] ?? step.phase },
          { title: words.action, value: words.actions[step.action] ?? step.action },
          {
            title: text.erasures.state,
            value: (
              <>
                <StepStateTag state={step.state} />
                {step.last_error && step.state === 'failed' ? (
                  <div className="mm-small mm-quiet">{step.last_error}</div>
                ) : null}
              </>
            ),
          },
          { title: words.evidence, value: <Evidence step={step} /> },
        ]}
      />
      <StepDialog
        step={telling}
        onDone={() => {
          setTelling(undefined);
          reading.refetch();
        }}
        onClose={() => setTelling(undefined)}
      />
    </div>
  );
}

/** What is erased; at a vendor, where. */
const nameOfStep = ({ phase, system, target }: StepRow) => (phase === 3 ? `${system}: ${target}` : target);

function Evidence({ step: { evidence } }: { step: StepRow }) {
  const words = text.erasures.steps;
  if (!evidence) return <span className="mm-quiet">{text.time.none}</span>;
  const { changed, rows, why, note, reference, answers } = evidence;
  const said = [
    typeof changed === 'number' ? words.changed(changed) : undefined,
    typeof rows === 'number' ? words.kept(rows) : undefined,
    typeof why === 'string' ? why : undefined,
    typeof note === 'string' ? note : undefined,
    typeof reference === 'string' ? reference : undefined,
    Array.isArray(answers) ? words.answers(answers.length) : undefined,
  ].filter((part) => part !== undefined);
  return <span className="mm-small">{said.length > 0 ? said.join(' · ') : words.recorded}</span>;
}
