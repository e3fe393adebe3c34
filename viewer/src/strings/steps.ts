import { count } from './page.ts';

/** What is said while a link asks for something before it opens. */
export const strings = {
  continue: 'Continue',
  checking: 'Checking…',
  wait: (seconds: number) => `That was too many tries. Please wait ${count(seconds, 'second')}.`,
  unreachable: 'We can’t reach our service right now. Please try again.',

  passphrase: {
    title: 'This video has a passphrase',
    text: 'The person who shared the video can tell you what it is.',
    label: 'Passphrase',
    show: 'Show passphrase',
    missing: 'Write the passphrase.',
    wrong: 'This is not the passphrase. Capital and small letters matter.',
  },
  email: {
    title: 'Who is watching?',
    text: 'This video was shared with certain people. Write the e-mail address it was shared with: we send a code of six digits to it.',
    label: 'E-mail address',
    send: 'Send the code',
    invalid: 'Write an e-mail address such as ann@club.example.',
    signIn: 'Sign in instead',
  },
  code: {
    title: 'Check your e-mail',
    text: (sentTo: string) =>
      `If the video was shared with ${sentTo}, a code is on its way there. It can take a minute, and it may land among the spam.`,
    label: 'Code of six digits',
    invalid: 'A code has six digits.',
    wrong: 'This code doesn’t work. Check it, or ask for a new one.',
    again: 'Send another code',
    againIn: (seconds: number) => `Send another code in ${count(seconds, 'second')}`,
    sentAgain: 'Another code is on its way.',
    other: 'Use another address',
  },
  signIn: {
    title: 'Please sign in',
    text: 'This video opens for people who are signed in. You come back here by yourself.',
    button: 'Sign in',
    looking: 'Looking whether you are signed in…',
    refusedTitle: 'This account can’t open the video',
    refusedText:
      'You are signed in, but the account is not one that this link opens for. Sign in with another one, or ask the person who shared the video.',
    otherAccount: 'Sign in with another account',
    away: 'The sign-in service can’t be reached right now. Please try again.',
    framedText: 'Signing in works in a window of its own.',
    framedButton: 'Open in a new window',
  },
} as const;
