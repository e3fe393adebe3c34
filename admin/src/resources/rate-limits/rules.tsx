import { CheckCircleOutlined, EyeOutlined, MinusCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { ReadLimitsAnswer } from '@mm/api/contract';
import type { HttpError } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import { Status } from '../../components/status.tsx';
import { useServices } from '../../config/services.ts';
import { text } from '../../locales/index.ts';
import { ReadingPanel } from '../job-runs/reading.tsx';

const pollMs = 60_000;

const looks = {
  enforce: ['good', <CheckCircleOutlined key="i" />],
  monitor: ['warn', <EyeOutlined key="i" />],
  off: ['quiet', <MinusCircleOutlined key="i" />],
} as const;

/** The limits as the api applies them, and where it counts. */
export function Rules() {
  const { api } = useServices();
  const { data, error, isPending, refetch } = useQuery<ReadLimitsAnswer, HttpError>({
    queryKey: ['rate-limits'],
    queryFn: ({ signal }) => api.readLimits(signal),
    refetchInterval: pollMs,
  });
  const words = text.rateLimits.rules;
  return (
    <>
      {data ? <Store answer={data} /> : null}
      <ReadingPanel
        title={words.title}
        rowTitle={words.name}
        empty={words.none}
        reading={{ rows: data?.rules, error, isLoading: isPending, refetch: () => void refetch() }}
        nameOf={({ name }) => name}
        cellsOf={({ points, windowSeconds, countedBy, countedWhen, mode, routes }) => {
          const [tone, icon] = looks[mode];
          return [
            { title: words.limit, value: <span className="mm-nums">{words.per(points, windowSeconds)}</span> },
            { title: words.countedBy, value: words.keys[countedBy] },
            { title: words.counted, value: countedWhen.length === 0 ? words.always : words.onlyRefused },
            {
              title: words.mode,
              value: (
                <Status tone={tone} icon={icon}>
                  {words.modes[mode]}
                </Status>
              ),
            },
            {
              title: words.routes,
              value:
                routes.length === 0 ? (
                  <span className="mm-quiet">{words.noRoutes}</span>
                ) : (
                  routes.map((route) => (
                    <div key={route}>
                      <code>{route}</code>
                    </div>
                  ))
                ),
            },
          ];
        }}
      />
    </>
  );
}

function Store({ answer: { store, storeUp } }: { answer: ReadLimitsAnswer }) {
  const words = text.rateLimits.store;
  return (
    <p>
      <Status tone={storeUp ? 'good' : 'bad'} icon={storeUp ? <CheckCircleOutlined /> : <WarningOutlined />}>
        {storeUp ? words[store] : words.lost}
      </Status>
    </p>
  );
}
