import { type PointerEvent, useState } from 'react';
import '../../components/chart/chart.css';
import { text } from '../../locales/index.ts';
import { duration } from '../../time/format.ts';
import type { CurvePiece } from './answers.ts';
import { joinPieces, percent } from './measures.ts';

/** Rows of the table: ten, and none of less than a second. */
const rowsOf = (length: number) => Math.max(1, Math.min(10, Math.floor(length)));
const shareAt = (curve: readonly CurvePiece[], index: number) => percent(curve[index]?.watched ?? 0);

/**
 * The curve as a picture, and the same as a table for whoever does not see it or wants the numbers. The picture is stretched to its
 * place, so its words stand outside of it.
 */
export function RetentionChart({ curve }: { curve: readonly CurvePiece[] }) {
  const [pointed, setPointed] = useState<number>();
  const words = text.plays.curve;
  const last = curve.length - 1;
  const length = curve[last]?.to_seconds ?? 0;
  const piece = pointed === undefined ? undefined : curve[pointed];

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(Math.min(last, Math.max(0, Math.floor(((event.clientX - left) / width) * curve.length))));
  };
  // Level over each piece, since a piece has one value.
  const line = curve.flatMap(({ watched }, i) => [`${i},${100 - 100 * watched}`, `${i + 1},${100 - 100 * watched}`]);
  return (
    <div className="mm-chart">
      <h3>{words.title}</h3>
      <div className="mm-chart-plot">
        <ol className="mm-chart-scale" aria-hidden="true">
          {[1, 0.5, 0].map((share) => (
            <li key={share}>{percent(share)}</li>
          ))}
        </ol>
        <svg
          viewBox={`0 0 ${curve.length} 100`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.summary(
            shareAt(curve, 0),
            shareAt(curve, Math.floor(curve.length / 2)),
            shareAt(curve, last),
          )}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setPointed(undefined)}
        >
          <path className="mm-chart-grid" d={`M0 0H${curve.length}M0 50H${curve.length}M0 100H${curve.length}`} />
          <path className="mm-chart-area" d={`M0,100L${line.join('L')}L${curve.length},100Z`} />
          <path className="mm-chart-line" d={`M${line.join('L')}`} />
          {pointed === undefined ? null : <path className="mm-chart-pointer" d={`M${pointed + 0.5} 0V100`} />}
        </svg>
        <ol className="mm-chart-times" aria-hidden="true">
          {[0, length / 2, length].map((at) => (
            <li key={at}>{duration(at)}</li>
          ))}
        </ol>
      </div>
      <p className="mm-quiet mm-small mm-nums" aria-hidden="true">
        {piece ? words.at(duration(piece.from_seconds), percent(piece.watched)) : words.hint}
      </p>
      <details>
        <summary>{words.table}</summary>
        <table className="mm-chart-table">
          <caption className="mm-visually-hidden">{words.title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.part}</th>
              <th scope="col">{words.share}</th>
            </tr>
          </thead>
          <tbody>
            {joinPieces(curve, rowsOf(length)).map((part) => (
              <tr key={part.piece}>
                <th scope="row">{words.from(duration(part.from_seconds), duration(part.to_seconds))}</th>
                <td>{percent(part.watched)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
