import { Link } from 'react-router';
import { Countdown } from '../../components/moment.tsx';
import { Panel } from '../../components/page.tsx';
import { StatePage } from '../../components/states.tsx';
import { useConfig } from '../../config/runtime.ts';
import { locale, text } from '../../locales/index.ts';
import { DaysChart } from '../plays/days-chart.tsx';
import { nameOfLink } from '../share-links/link-name.ts';
import { coachRow } from './answers.ts';
import { Figures, Read } from './figures.tsx';
import { useDashboard } from './use-dashboard.ts';

const twoDaysMs = 48 * 60 * 60 * 1000;

/** How a coach's videos and links stand, and what was watched. */
export function CoachDashboard() {
  const reading = useDashboard('coach_dashboard', coachRow);
  const { clockSkewMs } = useConfig();
  const words = text.dashboard.coach;
  return (
    <Read reading={reading}>
      {(row) => {
        const playsOf = (from: number, to: number) =>
          row.days.slice(from, to).reduce((sum, day) => sum + day.play_count, 0);
        const soon = new Date(Date.now() + clockSkewMs + twoDaysMs).toISOString();
        const ending = `/share-links?${new URLSearchParams({ status: 'active', ends: `~${soon}` })}`;
        return (
          <>
            <Figures
              label={text.dashboard.title}
              figures={[
                { name: words.ready, value: row.videos_ready.toLocaleString(locale), to: '/videos?status=ready' },
                {
                  name: words.busy,
                  value: row.videos_busy.toLocaleString(locale),
                  to: '/videos?status=uploading,processing',
                },
                {
                  name: words.failed,
                  value: row.videos_failed.toLocaleString(locale),
                  to: '/videos?status=errored',
                  ...(row.videos_failed > 0 ? { tone: 'bad' as const } : {}),
                },
                { name: words.live, value: row.links_live.toLocaleString(locale), to: '/share-links?status=active' },
                { name: words.ending, value: row.links_ending.toLocaleString(locale), to: ending },
                {
                  name: words.plays,
                  value: playsOf(-7, row.days.length).toLocaleString(locale),
                  note: words.before(playsOf(0, -7)),
                  to: '/plays',
                },
              ]}
            />
            <div className="mm-columns">
              <Panel title={words.playsTitle}>
                {playsOf(0, row.days.length) === 0 ? <p className="mm-quiet">{text.plays.days.empty}</p> : null}
                <DaysChart days={row.days} />
              </Panel>
              <Panel title={words.endingTitle}>
                {row.ending.length === 0 ? (
                  <StatePage kind="empty" level="p" title={words.endingNone} />
                ) : (
                  <ul className="mm-due">
                    {row.ending.map((link) => (
                      <li key={link.id}>
                        <div>
                          <Link to={`/share-links/${link.id}`}>{nameOfLink(link)}</Link>
                          <div className="mm-small mm-quiet">{words.of(link.video_title ?? words.untitled)}</div>
                        </div>
                        <Countdown until={link.expires_at} />
                      </li>
                    ))}
                  </ul>
                )}
                {row.links_ending > row.ending.length ? (
                  <p className="mm-due-more">
                    <Link to={ending}>{words.allEnding}</Link>
                  </p>
                ) : null}
              </Panel>
            </div>
          </>
        );
      }}
    </Read>
  );
}
