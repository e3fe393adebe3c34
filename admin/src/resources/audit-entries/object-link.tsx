import { Link } from 'react-router';
import { useOffered } from '../../config/account.ts';
import type { AuditRow } from '../rows.ts';
import { objectWords } from './words.ts';

/** What an entry is about, with the way to its page where there is one. */
export function ObjectLink({ entry }: { entry: Pick<AuditRow, 'object_type' | 'object_id'> }) {
  const mayOpen: Readonly<Record<string, readonly [boolean, string]>> = {
    video: [useOffered('videos', 'show'), '/videos'],
    share_token: [useOffered('share_tokens', 'show'), '/share-links'],
    audit_entry: [useOffered('audit_entries', 'show'), '/audit-log'],
  };
  const name = objectWords(entry.object_type);
  const [may, path] = (Object.hasOwn(mayOpen, entry.object_type) && mayOpen[entry.object_type]) || [false, ''];
  return may && entry.object_id ? <Link to={`${path}/${entry.object_id}`}>{name}</Link> : name;
}
