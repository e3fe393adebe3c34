import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Page } from '../../components/page.tsx';
import { ErrorState, PageSkeleton, StatePage } from '../../components/states.tsx';
import { useConfig } from '../../config/runtime.ts';
import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import { useRowsOf } from '../use-rows-of.ts';
import { explanationRow } from './answers.ts';
import { Explanation } from './explanation.tsx';
import './explanations.css';
import { type Question, readQuestion, writeQuestion } from './question.ts';
import { QuestionFields } from './question-fields.tsx';
import { verdict } from './sentences.ts';

/** Why a video could be watched, or not: asked for a time, answered in words, by one query. */
export default function WhyPage() {
  const { clockSkewMs } = useConfig();
  const [params, setParams] = useSearchParams();
  // The minute in which the page was opened; a question that moves by itself would be asked for ever.
  const [opened] = useState(() => new Date(Date.now() + clockSkewMs));
  const question = readQuestion(params, opened);
  return (
    <Page title={text.why.title} lead={text.why.lead}>
      <QuestionFields
        question={question}
        onChange={(name, value) => setParams(writeQuestion(params, name, value), { preventScrollReset: true })}
      />
      {question.link ? (
        <p className="mm-why-scope">
          {text.why.oneLink}{' '}
          <Button type="link" onClick={() => setParams(writeQuestion(params, 'link', undefined))}>
            {text.why.wholeVideo}
          </Button>
        </p>
      ) : null}
      {question.video || question.link ? (
        <Answer question={question} />
      ) : (
        <div className="mm-card">
          <StatePage kind="empty" level="h2" title={text.why.askTitle} body={text.why.askBody} />
        </div>
      )}
    </Page>
  );
}

function Answer({ question: { video, link, from, before } }: { question: Question }) {
  const { rows, error, isLoading, refetch } = useRowsOf('explain_playback', explanationRow, {
    args: {
      from_at: from.toISOString(),
      before_at: before.toISOString(),
      ...(video ? { of_video_id: video } : {}),
      ...(link ? { of_share_token_id: link } : {}),
    },
  });
  if (error && !rows) {
    return (
      <div className="mm-card">
        <ErrorState title={text.why.failed} error={error} onRetry={refetch} />
      </div>
    );
  }
  if (isLoading || !rows) return <PageSkeleton />;
  return (
    <div className="mm-stack">
      <section className="mm-card mm-verdict" aria-label={text.why.verdictLabel}>
        <p role="status">
          <strong>{verdict(rows)}</strong>
        </p>
        <p className="mm-quiet">
          {text.why.between(exact(from), exact(before))}
          {rows[0] ? ` ${text.why.about(rows[0].video_title)}` : ''}
        </p>
      </section>
      {rows.map((row) => (
        <Explanation key={row.share_token_id ?? row.kind} row={row} />
      ))}
    </div>
  );
}
