/** A person of sql/seeds/personas.sql: their profile is in every test database. */
export type Persona = {
  subject: string;
  name: string;
  email: string;
  role: 'mm_coach' | 'mm_admin' | 'mm_compliance' | 'mm_operator' | 'mm_auditor';
};

export const personas = {
  amelia: { subject: 'user_amelia_hart', name: 'Amelia Hart', email: 'amelia.hart@example.com', role: 'mm_coach' },
  ben: { subject: 'user_ben_okafor', name: 'Ben Okafor', email: 'ben.okafor@example.com', role: 'mm_coach' },
  priya: { subject: 'user_priya_nair', name: 'Priya Nair', email: 'priya.nair@example.com', role: 'mm_admin' },
  helen: {
    subject: 'user_helen_castellano',
    name: 'Helen Castellano',
    email: 'helen.castellano@example.com',
    role: 'mm_compliance',
  },
  tomas: { subject: 'user_tomas_reid', name: 'Tomas Reid', email: 'tomas.reid@example.com', role: 'mm_operator' },
  grace: { subject: 'user_grace_lin', name: 'Grace Lin', email: 'grace.lin@example.com', role: 'mm_auditor' },
} as const satisfies Record<string, Persona>;

export type PersonaName = keyof typeof personas;
