const n = (count: number) => count.toLocaleString('en-AU');
const count = (many: number, one: string, more: string) => `${n(many)} ${many === 1 ? one : more}`;

/** People, their roles and sessions, and one's own account, in Australian English. */
export const peopleAU = {
  title: 'People',
  one: 'Person',
  lead: 'Everybody who has signed in. People appear here when they first sign in; whom you have invited is below.',
  searchLabel: 'Name or e-mail',
  role: 'Role',
  status: 'Status',
  statuses: { active: 'Active', suspended: 'Suspended' },
  gone: 'Deleted at the identity provider',
  columns: { name: 'Name', email: 'E-mail', lastSeen: 'Last sign-in', firstSeen: 'First sign-in' },
  emptyTitle: 'Nobody yet',
  emptyBody: 'People appear here when they first sign in. Invite somebody.',
  you: 'You',
  about: 'Account',
  assigned: 'Role assigned',
  notAssigned: 'As the identity provider says',
  suspendedSince: 'Suspended since',
  subject: 'Id at the identity provider',
  id: 'Account id',
  history: 'Role and suspension',
  noHistory: 'Neither the role nor the access of this person has been changed.',
  trail: 'Everything about this account',
  noTrail: 'Nothing is on record about this account yet.',
  became: (from: string, to: string) => `${from} → ${to}`,
  ownAccount: 'This is your own account: another admin changes its role or suspends it.',
  acts: {
    role: 'Change role',
    suspend: 'Suspend',
    restore: 'Lift suspension',
    endAll: 'End all sessions',
    endOthers: 'End all other sessions',
    endOne: 'End',
    endThis: (name: string) => `End ${name}`,
  },
  reach: {
    reading: 'Counting what is affected…',
    failed: 'What is affected cannot be counted now. You can still go on.',
    sessions: (many: number) => `${count(many, 'session that is', 'sessions that are')} not ended`,
    content: (videos: number, links: number, uploads: number) =>
      `${count(videos, 'video', 'videos')}, ${count(links, 'live share link', 'live share links')}, ${count(uploads, 'upload under way', 'uploads under way')}`,
    none: 'Nothing hangs on this account: no open session, no video, no live link.',
    lastAdmin: 'This is the last admin: appoint another one first.',
  },
  changeRole: {
    title: (name: string) => `Change the role of ${name}`,
    field: 'New role',
    consequences: (name: string, role: string) => [
      `${name} is ${role.toLowerCase()} now. That power ends with the next request.`,
      'The new role works as soon as the identity provider names it in their sign-in: set it there too. Until then they can do nothing here.',
      'Videos and links stay where they are.',
    ],
    confirm: 'Change role',
    done: 'The role is changed',
    now: 'Role now',
  },
  suspend: {
    title: (name: string) => `Suspend ${name}`,
    consequences: (links: number | undefined) => [
      'Every request of theirs is refused from now on, whatever their sign-in says.',
      links === undefined
        ? 'Their share links let nobody watch any more. Who is watching now stops within 15 minutes.'
        : links === 0
          ? 'They have no live share link.'
          : `${count(links, 'share link lets', 'share links let')} nobody watch any more. Who is watching now stops within 15 minutes.`,
      'Nothing is deleted. Lifting the suspension undoes it.',
    ],
    confirm: 'Suspend',
    done: 'The account is suspended',
    at: 'Suspended',
    undo: 'You can lift the suspension on this page at any time.',
  },
  restore: {
    title: (name: string) => `Lift the suspension of ${name}`,
    consequences: (links: number | undefined) => [
      'They can sign in and work again at once.',
      links === undefined
        ? 'Their share links that are still live work again.'
        : links === 0
          ? 'They have no live share link.'
          : `${count(links, 'share link that is', 'share links that are')} still live ${links === 1 ? 'works' : 'work'} again.`,
    ],
    gone: 'The identity provider has deleted this person: they cannot sign in, but their links work again.',
    confirm: 'Lift suspension',
    done: 'The suspension is lifted',
    at: 'Lifted',
  },
  endSessions: {
    title: (name: string) => `End all sessions of ${name}`,
    titleOwn: 'End all your other sessions',
    titleOne: 'End this session',
    consequences: (sessions: number) => [
      `${count(sessions, 'session ends', 'sessions end')} at once, for good, at every door.`,
      'Whoever is signed in there has to sign in again. What they were writing and had not saved is lost.',
      'This cannot be undone; a new sign-in makes a new session.',
    ],
    consequencesOwn: (sessions: number) => [
      `${count(sessions, 'session ends', 'sessions end')} at once, for good. You stay signed in here.`,
      'This cannot be undone; a new sign-in makes a new session.',
    ],
    consequencesOne: [
      'It ends at once, for good, at every door. Whoever is signed in there has to sign in again.',
      'This cannot be undone; a new sign-in makes a new session.',
    ],
    consequencesHere: [
      'It is the session you are using: you will be signed out.',
      'This cannot be undone; a new sign-in makes a new session.',
    ],
    confirm: 'End sessions',
    confirmOne: 'End session',
    done: (sessions: number) => `${count(sessions, 'session has', 'sessions have')} ended`,
    at: 'Ended',
    session: 'Session',
  },
  receipt: { person: 'Person', audited: 'The audit log has it, with the reason.' },
  sessions: {
    title: 'Sessions',
    lead: 'Where somebody signed in. A session that was ended is refused at every door.',
    columns: { session: 'Session', first: 'Began', last: 'Last sign-in', state: 'State' },
    states: { open: 'Open', ended: 'Ended', here: 'This session' },
    none: 'No session is on record.',
    why: 'Why it was ended',
  },
};

export const myAccountAU = {
  title: 'My account',
  lead: 'Who you are here, where you are signed in, and what you are told about.',
  profile: 'Profile',
  elsewhere:
    'Your name and e-mail come from the identity provider. Change them there; they follow at your next sign-in.',
  since: 'First sign-in',
  zone: 'Time zone',
  zoneNote: 'Change it under Preferences, in the menu of your account.',
  notices: {
    title: 'Notifications',
    lead: 'What you are told, and how. What is marked as required is about your duties or your rights, and cannot be switched off.',
    kind: 'What happens',
    channels: { in_app: 'In the app', email: 'By e-mail' } as Readonly<Record<string, string>>,
    required: 'Required',
    switch: (kind: string, channel: string) => `${kind}: ${channel.toLowerCase()}`,
    saved: (kind: string, channel: string, isOn: boolean) =>
      `${kind}: ${channel.toLowerCase()} is ${isOn ? 'on' : 'off'} now`,
    none: 'There are no notices for your role.',
    notOffered: 'Not by this way',
  },
};
