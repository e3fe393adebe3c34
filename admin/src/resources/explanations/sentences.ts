import { text } from '../../locales/index.ts';
import { exact } from '../../time/format.ts';
import type { ExplanationRow } from './answers.ts';

const at = (moment: string) => exact(new Date(moment), { seconds: true });

/** Whether the video could be watched at all, and by how much, in one sentence. */
export function verdict(rows: readonly ExplanationRow[]): string {
  const valid = rows.filter(({ valid_from }) => valid_from !== null).length;
  const plays = rows.reduce((sum, row) => sum + row.plays, 0);
  return text.why.verdict(valid, plays);
}

/** Why a link could or could not be used, in sentences. */
export function sentencesOf(row: ExplanationRow): string[] {
  const words = text.why;
  if (row.kind === 'preview') return [words.preview];
  const made = row.created_at ? [words.made(row.created_by_name, at(row.created_at))] : [];
  return [...made, validity(row), ...(row.valid_from ? [] : outlived(row))];
}

function validity(row: ExplanationRow): string {
  const words = text.why;
  const { valid_from, valid_until, revoked_at, revoke_reason, expires_at, starts_at } = row;
  if (valid_from && valid_until) {
    const ended = valid_until === revoked_at ? 'revoked' : valid_until === expires_at ? 'expired' : undefined;
    if (ended === 'revoked') return words.validUntilRevoked(at(valid_from), at(valid_until), quoted(revoke_reason));
    return (ended ? words.validUntilExpired : words.valid)(at(valid_from), at(valid_until));
  }
  if (revoked_at && (!expires_at || Date.parse(revoked_at) <= Date.parse(expires_at))) {
    return words.wasRevoked(at(revoked_at), quoted(revoke_reason));
  }
  if (starts_at && Date.parse(starts_at) > Date.now()) return words.startsLater(at(starts_at));
  return expires_at ? words.wasExpired(at(expires_at)) : words.notValid;
}

/** A token that was minted while the link was valid outlives it by minutes. */
function outlived(row: ExplanationRow): string[] {
  const { plays, renewals, last_token_expires_at: until } = row;
  return plays + renewals > 0 && until ? [text.why.outlived(at(until))] : [];
}

/** A reason within a sentence, which has its own full stop. */
function quoted(reason: string | null): string {
  return (reason ?? '').replace(/\.$/, '');
}
