/** Invitations, in Australian English. */
export const invitationsAU = {
  title: 'Invitations',
  none: 'No invitation is open.',
  expires: 'Can be accepted until',
  invitedBy: 'Invited by',
  acts: 'Actions',
  statuses: {
    queued: 'Being sent',
    sent: 'Sent',
    accepted: 'Accepted',
    revoked: 'Revoked',
    expired: 'Expired',
    failed: 'Could not be sent',
  },
  why: {
    'clerk.form_identifier_exists':
      'The identity provider has an account with this address already. Give it the role there.',
    'clerk.duplicate_record': 'The address was invited at the identity provider by hand. Revoke that invitation there.',
  } as Readonly<Record<string, string>>,
  whyElse: (code: string) => `The identity provider did not take it (${code}).`,
  invite: {
    open: 'Invite',
    title: 'Invite somebody',
    email: 'E-mail address',
    note: 'Note (optional)',
    noteHint: 'For administrators only: the invited person does not see it.',
    consequences: (role: string | undefined) => [
      'The identity provider sends them an e-mail with a link, within seconds. It works for 7 days.',
      role
        ? `At their first sign-in they have the role ${role}, and can do at once what it may.`
        : 'At their first sign-in they have the role that you choose here.',
    ],
    confirm: 'Send invitation',
    done: (email: string) => `${email} is invited`,
    here: (name: string) => `This is the address of ${name}.`,
    openAccount: 'Open their account',
  },
  resend: {
    act: 'Send again',
    open: (email: string) => `Send again the invitation of ${email}`,
    title: 'Send this invitation again?',
    content: (email: string) =>
      `${email} gets a new link that works for 7 days. Links sent before stop working. An invitation is sent five times at the most.`,
    confirm: 'Send again',
    done: (email: string) => `The invitation of ${email} is sent again`,
  },
  revoke: {
    act: 'Revoke',
    open: (email: string) => `Revoke the invitation of ${email}`,
    title: 'Revoke this invitation',
    consequences: (email: string) => [
      `From now on nobody gets in by the invitation of ${email}.`,
      'The person is not told. You can invite them again at any time.',
    ],
    confirm: 'Revoke invitation',
  },
};
