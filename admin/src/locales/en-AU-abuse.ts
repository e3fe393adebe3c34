const n = (count: number) => count.toLocaleString('en-AU');

function stretch(seconds: number): string {
  if (seconds % 3_600 === 0) return seconds === 3_600 ? 'an hour' : `${n(seconds / 3_600)} hours`;
  if (seconds % 60 === 0) return seconds === 60 ? 'a minute' : `${n(seconds / 60)} minutes`;
  return `${n(seconds)} seconds`;
}

/** Rate limits and abuse, in Australian English. */
export const rateLimitsAU = {
  title: 'Rate limits and abuse',
  lead: 'What is limited, who is over a limit, and what looks like abuse. Addresses appear as keyed hashes only.',
  store: {
    process: 'Counted in the process of the API',
    redis: 'Counted in Redis, by all processes together',
    lost: 'Redis is away: each process counts for itself',
  },
  rules: {
    title: 'Limits',
    name: 'Rule',
    none: 'There are no limits.',
    limit: 'Limit',
    per: (points: number, seconds: number) => `${n(points)} in ${stretch(seconds)}`,
    countedBy: 'Counted by',
    keys: { address: 'Address', link: 'Link', account: 'Account', 'address+link': 'Address and link' },
    counted: 'Counts',
    always: 'Every request',
    onlyRefused: 'Failed ones only',
    mode: 'Mode',
    modes: { enforce: 'Enforced', monitor: 'Monitored', off: 'Off' },
    routes: 'Routes',
    noRoutes: 'None',
  },
  hits: {
    title: 'Over a limit in the last 24 hours',
    none: 'Nobody was over a limit.',
    hour: 'Hour from',
    outcome: 'Outcome',
    outcomes: { enforce: 'Refused', monitor: 'Let through' },
    requests: 'Requests',
    addresses: 'Addresses',
  },
  offenders: {
    title: 'Addresses over a limit most',
    address: 'Address (hash)',
    none: 'No address was over a limit in the last 24 hours.',
    hits: 'Requests',
    rules: 'Rules',
    last: 'Last',
    block: 'Block',
    blocked: 'Blocked',
    until: 'until',
    doBlock: 'Block…',
    blockThis: (hash: string) => `Block ${hash}…`,
  },
  blocks: {
    title: 'Blocked addresses',
    none: 'No address has been blocked.',
    state: 'State',
    states: { stands: 'Blocked', lifted: 'Lifted', expired: 'Ran out' },
    since: 'Since',
    until: 'Until',
    lift: 'Lift',
    doLift: 'Lift…',
    liftThis: (hash: string) => `Lift the block of ${hash}…`,
  },
  signs: {
    title: 'Signs of abuse',
    name: 'Rule',
    none: 'Nothing is watched.',
    what: 'What is counted',
    threshold: 'Alert from',
    from: (threshold: number, minutes: number) => `${n(threshold)} in ${stretch(minutes * 60)}`,
    now: 'Now',
    alerts: { firing: 'Alert', acknowledged: 'Acknowledged' },
    notWatched: 'Not watched',
    quiet: 'Nothing found',
    change: 'Change',
    doChange: 'Change…',
    changeThis: (rule: string) => `Change ${rule}…`,
  },
  block: {
    open: 'Block an address…',
    title: 'Block an address?',
    confirm: 'Block',
    hash: 'The address with the hash',
    address: 'IP address',
    addressHint: 'Such as 203.0.113.7 or 2001:db8::1. It is hashed at once and kept nowhere.',
    consequences: [
      'Within 30 seconds nobody behind this address can open a share link, report what they watch, or upload.',
      'It may be a school or a club: everybody there is shut out. Of an IPv6 address the whole /64 is.',
    ],
    life: 'For',
    lives: [
      { hours: 1, label: 'An hour' },
      { hours: 24, label: 'A day' },
      { hours: 24 * 7, label: 'A week' },
      { hours: 24 * 30, label: '30 days' },
    ],
  },
  lift: {
    title: 'Lift the block?',
    confirm: 'Lift the block',
    what: (hash: string) => `Within 30 seconds the address with the hash ${hash} is let in again.`,
  },
  changeRule: {
    title: (rule: string) => `Change what is an alert: ${rule}`,
    confirm: 'Change',
    threshold: 'Alert from how many',
    window: 'In how many minutes',
    watched: 'Watched',
  },
};
