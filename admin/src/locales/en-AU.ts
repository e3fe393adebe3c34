import { rateLimitsAU } from './en-AU-abuse.ts';
import { alertsAU } from './en-AU-alerts.ts';
import { auditAU } from './en-AU-audit.ts';
import { dashboardAU } from './en-AU-dashboard.ts';
import { erasuresAU } from './en-AU-erasures.ts';
import { flagsAU } from './en-AU-flags.ts';
import { invitationsAU } from './en-AU-invitations.ts';
import { keysAU } from './en-AU-keys.ts';
import { boundAU, cutAU, linksAU, revocationsAU, whyAU } from './en-AU-links.ts';
import { jobsAU, reconciliationAU, uploadsAU, webhooksAU } from './en-AU-operations.ts';
import { myAccountAU, peopleAU } from './en-AU-people.ts';
import { playsAU } from './en-AU-plays.ts';
import { storyAU } from './en-AU-story.ts';
import { verifyAU } from './en-AU-verify.ts';

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-AU')} ${n === 1 ? one : many}`;

/** Australian English. */
export const enAU = {
  brand: { name: 'Motion Mavericks', product: 'Back office' },

  boot: {
    starting: 'Starting the back office',
    failedTitle: 'The back office cannot start',
    failedBody: 'Its server did not answer. Nothing is lost. Check your connection, then try again.',
  },

  actions: {
    tryAgain: 'Try again',
    cancel: 'Cancel',
    close: 'Close',
    save: 'Save',
    discard: 'Discard changes',
    clearFilters: 'Clear filters',
    filters: (n: number) => (n === 0 ? 'Filters' : `Filters (${n})`),
    reload: 'Reload',
    backTo: (place: string) => `Back to ${place}`,
  },

  signIn: {
    title: 'Sign in',
    body: 'Share training videos safely, see who played them, and end a link at any time.',
    button: 'Continue to sign in',
    leaving: 'Taking you to sign in…',
    ended: 'Your session has ended. Sign in again to go on.',
    signedOut: 'You are signed out.',
  },

  account: {
    menu: 'Account',
    signOut: 'Sign out',
    signOutEverywhere: 'Sign out everywhere',
    everywhereTitle: 'Sign out everywhere?',
    everywhereBody:
      'Every browser and machine that you are signed in with is signed out, within a minute. You can sign in again.',
    as: (role: string) => `Signed in as ${role.toLowerCase()}`,
    suspendedTitle: 'Your account is suspended',
    suspendedBody: 'You can sign in, but the back office is closed to you. Ask an admin to lift the suspension.',
    failedTitle: 'Your account cannot be loaded',
    timeZone: (zone: string) => `Times are shown in ${zone}`,
    roles: {
      coach: 'Coach',
      admin: 'Admin',
      compliance: 'Compliance',
      operator: 'Operator',
      auditor: 'Auditor',
    },
  },

  stepUp: {
    title: 'Confirm that it is you',
    once: 'What you are about to do reaches far, so it needs a proof of this moment. Each confirmation serves one act.',
    soon: 'You have just confirmed another act, and a confirmation within a minute of that counts as the same one. Wait a minute, then confirm again.',
    confirm: (name: string) => `I am ${name}`,
    givenUp: 'You did not confirm that it is you, so nothing was done.',
  },

  shell: {
    skip: 'Skip to the content',
    navigation: 'Main navigation',
    menu: 'Menu',
    groups: { work: 'Work', safety: 'Safety', operations: 'Operations', account: 'Account' },
    breadcrumbs: 'Breadcrumbs',
    collapse: 'Collapse the navigation',
    expand: 'Expand the navigation',
    theme: 'Theme',
    themes: { system: 'Follow the system', light: 'Light', dark: 'Dark' },
    loadingPage: 'Loading the page',
    pageFailedTitle: 'This page cannot be shown',
    pageFailedBody: 'Something in it broke. Reloading usually helps, also after a new release.',
    offline: 'You are offline. What you see may be out of date.',
  },

  sheets: {
    palette: {
      title: 'Find or do',
      button: 'Find or do…',
      label: 'Pages, actions and records',
      placeholder: 'A page, an action, a video, a link, a person…',
      records: 'Records',
      pages: 'Pages',
      actions: 'Actions',
      searching: 'Searching…',
      found: (n: number) => (n === 0 ? 'Nothing matches.' : count(n, 'entry', 'entries')),
    },
    keys: {
      title: 'Keyboard shortcuts',
      pages: 'Go to a page',
      search: 'Go to the search field',
      close: 'Close what is open',
      afterwards: 'then',
      single: 'Keys that act alone',
      singleHint: 'Switch them off when you speak to your machine. This holds for this device.',
    },
    preferences: {
      title: 'Preferences',
      timeZone: 'Time zone',
      timeNow: 'It is now',
      deviceZone: (zone: string) => `As this device: ${zone}`,
      language: 'Language',
      languageHint: 'The page is loaded anew for it. What the server says stays English.',
      deviceLanguage: 'As this device',
      density: 'Density of lists',
      densities: { comfortable: 'Comfortable', compact: 'Compact' },
      themeHint: 'The theme is kept for this device, the rest for all of yours.',
      notKept: (why: string) => `This is shown so here, but could not be kept for your other devices: ${why}`,
    },
  },

  views: {
    title: 'Saved views',
    none: 'You have saved no view of this list yet. Set filters, order and columns, then give them a name.',
    name: 'Name of what is shown now',
    save: 'Save',
    replace: 'Replace',
    remove: (name: string) => `Delete the view ${name}`,
  },

  notices: {
    title: 'Notices',
    button: (unread: number, isAtLeast: boolean) =>
      unread === 0 ? 'Notices' : `Notices, ${unread}${isAtLeast ? ' or more' : ''} unread`,
    unread: 'Unread:',
    mark: 'Mark as read',
    markAll: 'Mark all as read',
    none: 'No notices yet',
    noneBody: 'You are told here when something happens that concerns you.',
    revoked: (n: number, videos: string) =>
      n === 1
        ? `A share link of ${videos} was revoked`
        : `${count(n, 'share link', 'share links')} of ${videos} were revoked`,
    alert: 'Alert',
    escalated: 'Nobody acknowledged this alert in time',
  },

  nav: {
    dashboard: 'Dashboard',
    videos: 'Videos',
    shareLinks: 'Share links',
    plays: 'Plays',
    revocations: 'Revocations',
    why: 'Why watched',
    bound: 'Revocation bound',
    activity: 'Activity',
    decisions: 'Playback decisions',
    audit: 'Audit log',
    webhooks: 'Webhook events',
    uploads: 'Uploads',
    jobs: 'Jobs',
    rateLimits: 'Rate limits',
    reconciliation: 'Reconciliation',
    keys: 'Keys',
    people: 'People',
    erasures: 'Erasures',
    alerts: 'Alerts',
    flags: 'Feature flags',
    myAccount: 'My account',
  },

  refused: {
    title: 'Not for your role',
    body: (role: string) => `You are signed in as ${role.toLowerCase()}, and this page belongs to another role.`,
    notFoundTitle: 'This page does not exist',
    notFoundBody: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the start page',
  },

  errors: {
    listTitle: 'The list cannot be loaded',
    recordTitle: 'This cannot be loaded',
    missingTitle: 'There is nothing here',
    offlineTitle: 'No connection',
    signedOutTitle: 'Your session has ended',
    refusedTitle: 'You may not see this',
    conflictTitle: 'This changed in the meantime',
    requestId: 'Request id',
    unnamed: 'Something unexpected happened.',
  },

  release: {
    title: 'A new version has been released',
    body: 'This page is of the version before, and a part of it is no longer there. Reload to go on.',
    bodyUploads:
      'This page is of the version before, and a part of it is no longer there. Uploads are running: wait for them, then reload.',
    notice: 'A new version has been released. What you have written stays until you reload.',
    skewTitle: 'The server speaks a newer version',
    offlineTitle: 'This page has not been loaded yet',
    offlineBody: 'There is no connection to the server. The page is loaded as soon as there is one.',
  },

  list: {
    total: (shown: string, total: number, sure: 'exactly' | 'about' | 'orMore') =>
      `${shown} of ${sure === 'about' ? 'about ' : ''}${total.toLocaleString('en-AU')}${sure === 'orMore' ? ' or more' : ''}`,
    sortBy: 'Sort by',
    ascending: 'ascending',
    descending: 'descending',
    page: 'Page of the list',
    previousPage: 'Previous page',
    nextPage: 'Next page',
    goToPage: (page: number) => `Page ${page}`,
    pageOf: (page: number, last: number) => `${page} of ${last}`,
    pageSize: 'Rows on a page',
    rowsPerPage: (size: number) => `${size} / page`,
    noMatchTitle: 'Nothing matches',
    noMatchBody: 'Change the search or clear the filters to see more.',
    loading: 'Loading the list',
    details: 'Show details',
    actions: 'Actions',
    selectPage: 'Select all on this page',
    export: {
      action: 'Export as CSV',
      running: 'Exporting…',
      done: (name: string) => `Saved as ${name}.`,
      failed: (why: string) => `The export did not succeed. ${why} Nothing was saved. Try again.`.replace(/ +/g, ' '),
    },
    columnsTitle: 'Columns',
    columns: (shown: number, all: number) => (shown === all ? 'Columns' : `Columns (${shown} of ${all})`),
    from: 'From',
    to: 'To',
    any: 'Any',
  },

  time: {
    never: 'Never',
    none: '–',
    justNow: 'just now',
  },

  copy: {
    label: (what: string) => `Copy ${what}`,
    done: (what: string) => `Copied ${what}`,
    failed: 'Copying was refused by the browser. Select the text and copy it by hand.',
  },

  videos: {
    title: 'Videos',
    one: 'Video',
    lead: 'Upload a recording, then share it by a link that ends.',
    leadAll: 'Every coach’s videos.',
    searchLabel: 'Search videos by title',
    columns: {
      title: 'Title',
      status: 'Status',
      coach: 'Coach',
      duration: 'Length',
      links: 'Active links',
      created: 'Created',
    },
    status: {
      uploading: 'Uploading',
      processing: 'Processing',
      cancelled: 'Cancelled',
      errored: 'Failed',
      ready: 'Ready',
      deleted: 'Deleted',
    },
    activeLinks: (n: number) => (n === 0 ? 'None' : count(n, 'link', 'links')),
    emptyTitle: 'No videos yet',
    emptyCoach: 'Drop a file into the box above. When it is ready you can share it.',
    emptyOther: 'As soon as a coach uploads a video it is listed here.',
    description: 'Description',
    noDescription: 'No description.',
    edit: 'Edit title and description',
    saved: 'Title and description are saved.',
    conflictTitle: 'Somebody else changed this video meanwhile',
    conflictBody: (title: string) =>
      `Its title is now “${title}”. Save again to replace that with yours, or discard yours.`,
    titleNeeded: 'Give the video a title.',
    titleTooLong: 'A title has at most 200 characters.',
    descriptionTooLong: 'A description has at most 2,000 characters.',
    details: 'Details',
    id: 'Video id',
    aspectRatio: 'Aspect ratio',
    file: 'File',
    failedWhy: 'Why it failed',
    uploadAgain: 'Upload again',
    timeline: 'Status timeline',
    steps: {
      requested: 'Upload requested',
      uploading: 'Upload started',
      processing: 'Processing started',
      ready: 'Ready to share',
      errored: 'Failed',
      cancelled: 'Cancelled',
      expired: 'Upload ran out of time',
      waiting: 'Not yet',
    },
    links: 'Share links',
    noLinks: 'This video has no share links yet.',
    noLinksNotReady: 'This video was never finished, so it cannot be shared.',
  },

  preview: {
    heading: 'Preview',
    play: 'Play preview',
    loading: 'Preparing the preview',
    recorded: 'Playing a coach’s video is recorded in the audit log.',
    notReady: 'The preview is available once the video is ready.',
    failedTitle: 'The preview cannot be played',
    failedBody: 'The video service did not deliver it.',
    neverReady: 'There is nothing to play: the video was never finished.',
  },

  upload: {
    heading: 'Upload videos',
    drop: 'Drop videos here',
    choose: 'Choose files',
    limits: (size: string) => `MP4, MOV, WebM and other video files, up to ${size} each.`,
    dropNow: 'Let go to add the videos',
    queue: 'Uploads',
    titleLabel: (file: string) => `Title for ${file}`,
    start: (n: number) => (n === 1 ? 'Upload 1 video' : `Upload ${n} videos`),
    startOne: 'Upload',
    remove: 'Remove from the list',
    clearFinished: 'Clear finished',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel upload',
    retry: 'Try again',
    open: 'Open video',
    state: {
      staged: 'Not started yet',
      rejected: 'Cannot be uploaded',
      queued: 'Next in line',
      requesting: 'Preparing',
      uploading: 'Uploading',
      waiting: 'Connection lost, trying again by itself',
      paused: 'Paused',
      failed: 'Failed',
      cancelling: 'Cancelling',
      cancelled: 'Cancelled',
      sent: 'Uploaded, now processing',
      ready: 'Ready to play',
      refused: 'Not usable',
    },
    progress: (percent: number, sent: string, size: string) => `${percent} % · ${sent} of ${size}`,
    speed: (perSecond: string, left: string) => `${perSecond}/s · ${left} left`,
    progressLabel: (title: string) => `Progress of ${title}`,
    announce: (title: string, state: string) => `${title}: ${state}`,
    notVideo: 'This is not a video file.',
    empty: 'The file is empty.',
    tooLarge: (size: string) => `The file is larger than ${size}.`,
    interrupted: 'The connection was lost too often. What has arrived is kept; try again to go on.',
    linkEnded: 'The upload could not go on where it was. Try again to start it anew.',
    unreadable: 'The browser cannot read this file any more. Remove it and choose it again.',
    doubtful:
      'This file does not begin like a video, and may be damaged. Play it on your computer before you upload it.',
    invalidInput:
      'The file cannot be read as a video. It may be damaged or cut off, or be in a form that is not known. Play it on your computer: if it plays there, export it anew as MP4 and upload that file.',
    unprocessed:
      'The file arrived, but no video could be made of it. Upload it again; if that fails too, export it anew as MP4 and upload that file.',
    overall: (n: number, percent: number) => `${count(n, 'upload', 'uploads')} · ${percent} %`,
    overallLabel: 'Progress of all uploads',
    pauseAll: 'Pause all',
    resumeAll: 'Resume all',
    show: 'Show uploads',
    dock: 'Uploads under way',
    quota: {
      left: (n: number, all: number) => `${n} of ${count(all, 'upload', 'uploads')} left today.`,
      none: (all: number, when: string) =>
        `You have used your ${count(all, 'upload', 'uploads')} of the last 24 hours. The next one is possible at ${when}.`,
      tooMany: (staged: number, n: number) =>
        `${count(staged, 'video', 'videos')} chosen, but only ${n.toLocaleString('en-AU')} can start today. The rest will be refused until more are possible.`,
      refused: (when: string) =>
        `You have used your uploads of the last 24 hours. The next one is possible at ${when}; try again then.`,
    },
    share: {
      wish: 'Share when ready',
      life: 'The link lives',
      hours: (hours: number) => (hours % 24 === 0 && hours > 24 ? `${hours / 24} days` : `${hours} hours`),
      label: 'Label of the link (optional)',
      hint: 'You get the link as soon as the upload begins, and its life counts from then. It plays once the video is ready.',
      field: (title: string) => `Share link to ${title}`,
      once: 'Copy the link now: it is shown here only, until you leave or reload this page.',
      works: (when: string) => `It works as soon as the video is ready, until ${when}.`,
      removeTitle: 'Remove without copying the link?',
      removeAnyway: 'Remove anyway',
    },
    unfinished: {
      heading: 'Unfinished uploads',
      lead: 'These were interrupted, or go on in another browser. Choose the same file again and it goes on where it stopped.',
      choose: 'Choose the file again',
      began: 'Began',
      until: (when: string) => `Can go on until ${when}.`,
      otherFile: (name: string) =>
        `This is not the file that the upload began with. Choose “${name}” as it was then, or cancel this upload and start anew.`,
      arrived: 'The whole file has arrived already. There is nothing more to send.',
      over: 'This upload has ended. Add the file as a new upload.',
      checking: 'Checking the file',
    },
    signOutTitle: 'Sign out while uploads are running?',
    signOutBody:
      'They stop here. After you have signed in again, choose the same files and they go on where they stopped.',
    cancelTitle: 'Cancel this upload?',
    cancelBody: (title: string) => `“${title}” will not be uploaded. What has arrived so far is thrown away.`,
    keep: 'Keep uploading',
  },

  links: linksAU,

  revocations: revocationsAU,

  cut: cutAU,

  bound: boundAU,

  why: whyAU,

  reason: {
    label: 'Reason',
    optional: 'Reason (optional)',
    hint: 'Kept in the audit log.',
    tooShort: 'Give a reason of at least 3 characters.',
    tooLong: 'A reason has at most 500 characters.',
  },

  decisions: {
    title: 'Playback decisions',
    lead: 'Each time somebody asked to play a video: what was decided, and by which rule.',
    searchLabel: 'Search by public id or request id',
    columns: {
      when: 'When',
      outcome: 'Decision',
      rule: 'Why',
      video: 'Video',
      link: 'Link',
      by: 'Opened with',
      until: 'Allowed until',
    },
    allowed: 'Allowed',
    refused: 'Refused',
    outcome: 'Decision',
    kind: 'Opened by',
    kinds: { share: 'Share link', preview: 'Staff preview' },
    rules: {
      'play.allowed': 'The link was valid and the video ready.',
      'play.unknown_link': 'No link has this public id.',
      'play.wrong_secret': 'The secret of the link was wrong or missing.',
      'play.revoked': 'The link has been revoked.',
      'play.expired': 'The link has expired.',
      'play.not_started': 'The link is not valid yet.',
      'play.views_exhausted': 'All views of the link have been used.',
      'play.origin_refused': 'Another site showed the link, and the link does not name that site.',
      'play.sign_in_needed': 'The link is for people who are signed in.',
      'play.recipient_needed': 'The link is for named people, and this was none of them.',
      'play.passphrase_needed': 'The passphrase of the link was not given.',
      'play.switched_off': 'Playback was switched off.',
      'play.not_ready': 'The video was still being processed.',
      'play.video_unavailable': 'The video is not available any more.',
      'play.coach_suspended': 'The coach’s account is suspended.',
    } as Readonly<Record<string, string>>,
    ruleLabels: {
      'play.allowed': 'Valid link',
      'play.unknown_link': 'Unknown link',
      'play.wrong_secret': 'Wrong secret',
      'play.revoked': 'Revoked',
      'play.expired': 'Expired',
      'play.not_started': 'Not started',
      'play.views_exhausted': 'Views used up',
      'play.origin_refused': 'Site refused',
      'play.sign_in_needed': 'Sign-in needed',
      'play.recipient_needed': 'Not a recipient',
      'play.passphrase_needed': 'Passphrase needed',
      'play.switched_off': 'Switched off',
      'play.not_ready': 'Not ready',
      'play.video_unavailable': 'Video unavailable',
      'play.coach_suspended': 'Coach suspended',
    } as Readonly<Record<string, string>>,
    otherRule: (rule: string) => `Decided by the rule ${rule}.`,
    rule: 'Rule',
    renewal: '(goes on watching)',
    plays: 'Plays',
    starts: 'New plays',
    renewals: 'Goes on watching',
    unknownAgent: 'Unknown program',
    requestId: 'Request id',
    emptyTitle: 'Nobody has played anything yet',
    emptyBody: 'As soon as somebody opens a share link, each decision is listed here.',
    when: 'Decided between',
  },

  audit: auditAU,

  verify: verifyAU,

  dashboard: dashboardAU,

  people: peopleAU,
  invitations: invitationsAU,
  erasures: erasuresAU,
  alerts: alertsAU,

  flags: flagsAU,

  myAccount: myAccountAU,

  runbook: 'When something is wrong here:',

  webhooks: webhooksAU,

  uploads: uploadsAU,

  plays: playsAU,

  story: storyAU,
  jobs: jobsAU,
  keys: keysAU,

  rateLimits: rateLimitsAU,

  reconciliation: reconciliationAU,

  faults: {
    missing: 'Fill this in.',
    unknown: 'This does not exist any more. Choose another one.',
    taken: 'This is taken already. Choose another one.',
    refused: 'This value is not allowed.',
  },
  problems: {
    offline: 'The server cannot be reached. Check your connection, then try again.',
    identityAway: 'The sign-in service cannot be reached. Check your connection, then try again.',
    badRequest: 'The server did not understand this request. Reset the filters, then try again.',
    signedOut: 'Your session has ended. Sign in again.',
    refused: 'Your role does not allow this.',
    notFound: 'This does not exist, or you may not see it.',
    conflict: 'Somebody else changed this in the meantime. Reload it, then try again.',
    pageGone: 'This page of the list does not exist any more. Go back to the first page.',
    tooMany: 'Too many requests in a short time. Wait a moment, then try again.',
    unavailable: 'The server is not ready at the moment. Try again in a few seconds.',
    tooSlow: 'This took too long and was stopped. Narrow the filters, then try again.',
    unexpected: 'Something went wrong on the server. Try again; if it stays, give support the request id.',
  },
};
