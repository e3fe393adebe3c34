export type StaffRole = 'coach' | 'admin' | 'compliance' | 'operator' | 'auditor';

/** Somebody to be on a developer's machine. Invented, like the addresses: example.com belongs to nobody. */
export type Persona = {
  /** The token's `sub`. */
  subject: string;
  name: string;
  email: string;
  role: StaffRole;
  /** What the role may do, for the sign-in page: one sentence in plain words. */
  may: string;
  /** The token's `invitation`: the product's id of the invitation that the account was made with. */
  invitation?: string;
};

/** The people of the development stack; their subjects are the ones the seeds and the tests know. */
export const PERSONAS = {
  amelia: {
    subject: 'user_amelia_hart',
    name: 'Amelia Hart',
    email: 'amelia.hart@example.com',
    role: 'coach',
    may: 'Uploads training videos, shares them by link, and sees only her own.',
  },
  ben: {
    subject: 'user_ben_okafor',
    name: 'Ben Okafor',
    email: 'ben.okafor@example.com',
    role: 'coach',
    may: 'A second coach: his videos and links are invisible to the first, and hers to him.',
  },
  mia: {
    subject: 'user_mia_santos',
    name: 'Mia Santos',
    email: 'mia.santos@example.com',
    role: 'coach',
    may: 'A coach who is new: she has uploaded nothing yet, and sees how it begins.',
  },
  priya: {
    subject: 'user_priya_nair',
    name: 'Priya Nair',
    email: 'priya.nair@example.com',
    role: 'admin',
    may: 'Sees every video and share link, revokes any of them with a reason, reads the audit log.',
  },
  helen: {
    subject: 'user_helen_castellano',
    name: 'Helen Castellano',
    email: 'helen.castellano@example.com',
    role: 'compliance',
    may: 'Reads the audit log and who was let in to watch. Watches no video.',
  },
  tomas: {
    subject: 'user_tomas_reid',
    name: 'Tomas Reid',
    email: 'tomas.reid@example.com',
    role: 'operator',
    may: 'Looks after the webhook inbox: what arrived, what failed and why. Sees no video and nobody’s personal data.',
  },
  grace: {
    subject: 'user_grace_lin',
    name: 'Grace Lin',
    email: 'grace.lin@example.com',
    role: 'auditor',
    may: 'An outside auditor: reads the audit log and who was let in to watch, changes nothing.',
  },
} as const satisfies Record<string, Persona>;

/**
 * The account of the canary's probe video, used for nothing else (docs/playbook/security/signed-playback-and-sharing.md). It is nobody to
 * sign in as: the sign-in page does not show it.
 */
export const PLAYBACK_CANARY: Persona = {
  subject: 'user_playback_canary',
  name: 'Playback canary',
  email: 'playback-canary@example.com',
  role: 'coach',
  may: 'Owns the video on which the worker measures how soon a revoked link stops to play.',
};

export type PersonaKey = keyof typeof PERSONAS;
