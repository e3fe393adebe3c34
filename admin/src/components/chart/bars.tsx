import { locale } from '../../locales/index.ts';
import './chart.css';

export type Bar = {
  key: string;
  name: string;
  value: number;
  /** The part of the value that is marked: of something bad. */
  part?: number;
  /** Said when the bar is pointed at. */
  title: string;
  /** The values of its row in the table, in the order of the columns. */
  cells: readonly string[];
};

export type BarsProps = {
  bars: readonly Bar[];
  /** What the picture shows, in a sentence. */
  summary: string;
  /** Opens the table that says the same. */
  table: string;
  caption: string;
  /** Of the table: what a row is, then its values. */
  columns: readonly string[];
};

/** Numbers over time as bars, and the same as a table for whoever does not see them or wants the numbers. */
export function Bars({ bars, summary, table, caption, columns }: BarsProps) {
  // A single one is no peak.
  const most = Math.max(4, ...bars.map(({ value }) => value));
  const [first, last] = [bars[0], bars.at(-1)];
  const heightOf = (value: number) => (100 * value) / most;
  return (
    <div className="mm-chart">
      <div className="mm-chart-plot">
        <ol className="mm-chart-scale" aria-hidden="true">
          <li>{most.toLocaleString(locale)}</li>
          <li>0</li>
        </ol>
        <svg viewBox={`0 0 ${bars.length} 100`} preserveAspectRatio="none" role="img" aria-label={summary}>
          <path className="mm-chart-grid" d={`M0 0H${bars.length}M0 100H${bars.length}`} />
          {bars.map(({ key, value, part = 0, title }, i) => (
            <g key={key}>
              <title>{title}</title>
              <rect
                className="mm-chart-bar"
                x={i + 0.12}
                width={0.76}
                y={100 - heightOf(value)}
                height={heightOf(value)}
              />
              {part > 0 ? (
                <rect
                  className="mm-chart-bar-part"
                  x={i + 0.12}
                  width={0.76}
                  y={100 - heightOf(part)}
                  height={heightOf(part)}
                />
              ) : null}
            </g>
          ))}
        </svg>
        <ol className="mm-chart-times" aria-hidden="true">
          {first ? <li>{first.name}</li> : null}
          {last ? <li>{last.name}</li> : null}
        </ol>
      </div>
      <details>
        <summary>{table}</summary>
        <table className="mm-chart-table">
          <caption className="mm-visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...bars].reverse().map(({ key, name, cells }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {cells.map((cell, i) => (
                  <td key={columns[i + 1]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
