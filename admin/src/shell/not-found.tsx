import { StatePage } from '../components/states.tsx';
import { text } from '../locales/index.ts';

export default function NotFoundPage() {
  return (
    <StatePage
      kind="missing"
      title={text.refused.notFoundTitle}
      body={text.refused.notFoundBody}
      action={{ label: text.refused.home, to: '/' }}
    />
  );
}
