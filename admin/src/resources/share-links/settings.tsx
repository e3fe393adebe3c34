import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Copyable } from '../../components/copyable.tsx';
import { Countdown, Moment } from '../../components/moment.tsx';
import { Facts, Panel } from '../../components/page.tsx';
import { useAccount } from '../../config/account.ts';
import { locale, text } from '../../locales/index.ts';
import type { ShareLinkRow, ShareRecipientRow } from '../rows.ts';
import { writtenRecipient } from './change/editable.ts';

type Fact = readonly [string, ReactNode];

type Props = {
  link: ShareLinkRow;
  recipients: readonly ShareRecipientRow[] | undefined;
  onEdit: (() => void) | undefined;
};

/** What a link is made of, and what became of it. */
export function LinkSettings({ link, recipients, onEdit }: Props) {
  const { role } = useAccount();
  return (
    <Panel title={text.links.settings} extra={onEdit ? <Button onClick={onEdit}>{text.links.edit.open}</Button> : null}>
      <Facts
        items={[
          [text.links.form.labelName, link.label ?? text.links.noLabel],
          [text.links.publicId, <Copyable key="id" value={link.public_id} what={text.links.publicId} />],
          ...(role === 'coach' ? [] : ([[text.links.columns.coach, link.coach_name ?? text.time.none]] as const)),
          [text.links.columns.created, <Moment key="c" at={link.created_at} />],
          ...(link.created_by_name ? ([[text.links.createdBy, link.created_by_name]] as const) : []),
          ...(link.restores_id
            ? ([
                [
                  text.links.restore.of,
                  <Link key="o" to={`/share-links/${link.restores_id}`}>
                    {text.links.restore.old}
                  </Link>,
                ],
              ] as const)
            : []),
          ...(link.starts_at ? ([[text.links.starts, <Moment key="s" at={link.starts_at} />]] as const) : []),
          ...endFacts(link),
          ...audienceFacts(link, recipients),
          ...(link.note
            ? ([
                [
                  text.links.noteName,
                  <span key="n" className="mm-prose">
                    {link.note}
                  </span>,
                ],
              ] as const)
            : []),
          [text.links.columns.lastPlayed, <Moment key="l" at={link.last_played_at} absent={text.time.never} />],
          [text.links.columns.plays, link.play_count.toLocaleString(locale)],
        ]}
      />
    </Panel>
  );
}

function endFacts(link: ShareLinkRow): Fact[] {
  const { expires_at, revoked_at, revoked_by_name, revoke_reason } = link;
  if (link.status !== 'revoked') return [[text.links.columns.expires, <Countdown key="e" until={expires_at} />]];
  return [
    [text.links.columns.expires, <Moment key="e" at={expires_at} />],
    [text.links.revoke.revokedAt, <Moment key="r" at={revoked_at} />],
    ...(revoked_by_name ? [[text.links.revokedBy, revoked_by_name] as const] : []),
    [text.links.revokeReason, revoke_reason ?? text.time.none],
  ];
}

function audienceFacts(link: ShareLinkRow, recipients: readonly ShareRecipientRow[] | undefined): Fact[] {
  const words = text.links.asks;
  return [
    ...(link.max_views === null ? [] : [[words.views, words.viewsUsed(link.view_count, link.max_views)] as const]),
    ...(link.recipients_only ? [[words.recipients, <Named key="p" recipients={recipients} />] as const] : []),
    ...(link.has_passphrase ? [[words.passphrase, words.asked] as const] : []),
    ...(link.sign_in_required ? [[words.signIn, words.asked] as const] : []),
    ...(link.embed_origins.length > 0 ? [[words.sites, <Lines key="o" values={link.embed_origins} />] as const] : []),
  ];
}

function Named({ recipients }: { recipients: readonly ShareRecipientRow[] | undefined }) {
  if (!recipients) return text.links.asks.named;
  if (recipients.length === 0) return text.links.asks.nobody;
  return <Lines values={recipients.map(writtenRecipient)} />;
}

function Lines({ values }: { values: readonly string[] }) {
  return (
    <ul className="mm-lines">
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );
}
