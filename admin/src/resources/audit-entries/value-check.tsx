import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { Copyable } from '../../components/copyable.tsx';
import { Facts } from '../../components/page.tsx';
import { Status } from '../../components/status.tsx';
import { text } from '../../locales/index.ts';
import { type Disclosure, hashedText, isCommitted } from './disclosure.ts';

/** What somebody needs to check a personal value against the log, and the check itself where the browser can do it. */
export function ValueCheck({ disclosure, commitment }: { disclosure: Disclosure; commitment: string }) {
  const [matches, setMatches] = useState<boolean>();
  useEffect(() => {
    let isCurrent = true;
    void isCommitted(disclosure, commitment).then((answer) => {
      if (isCurrent) setMatches(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [disclosure, commitment]);
  const hashed = hashedText(disclosure.value);
  return (
    <details className="mm-value-check">
      <summary>{text.audit.personal.check}</summary>
      {matches === undefined ? null : (
        <p>
          <Status tone={matches ? 'good' : 'bad'} icon={matches ? <CheckCircleOutlined /> : <CloseCircleOutlined />}>
            {matches ? text.audit.personal.matches : text.audit.personal.differs}
          </Status>
        </p>
      )}
      <p className="mm-quiet mm-small">{text.audit.personal.formula}</p>
      <Facts
        items={[
          [text.audit.personal.salt, <Copyable key="s" value={disclosure.salt} what={text.audit.personal.salt} />],
          ...(hashed === undefined
            ? []
            : ([
                [
                  text.audit.personal.valueText,
                  <Copyable key="v" value={hashed} what={text.audit.personal.valueText} />,
                ],
              ] as const)),
          [
            text.audit.personal.commitment,
            <Copyable key="c" value={commitment} what={text.audit.personal.commitment} />,
          ],
        ]}
      />
    </details>
  );
}
