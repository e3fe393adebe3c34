import type { PersonaKey } from '../identity/personas.ts';
import type { VideoPlan } from './video-maker.ts';

export type SampleVideo = VideoPlan & {
  key: string;
  coach: Extract<PersonaKey, 'amelia' | 'ben'>;
  links: readonly SampleShare[];
};

type SampleShare = {
  label: string;
  max_views?: number;
  /** Revoked by an admin, together with the others that are. */
  isEnded?: boolean;
};

/** The first one is shared, and `start` waits for it; the others follow while people already look around. */
export const SAMPLE_VIDEOS: readonly [SampleVideo, ...SampleVideo[]] = [
  {
    key: 'sprint-start',
    coach: 'amelia',
    title: 'Sprint start: block angles and the first three strides',
    description: 'Front knee at 90°, rear knee at 120°. Watch the shin angle on strides one to three.',
    fileName: 'sprint-start-block-angles.mp4',
    seconds: 10,
    caption: 'SPRINT START',
    color: '#1d4e89',
    links: [{ label: 'Under 17 squad' }, { label: 'Open day, sprint corner', isEnded: true }],
  },
  {
    key: 'back-squat',
    coach: 'amelia',
    title: 'Back squat: bracing and depth cues',
    description: 'Breathe in and brace before the descent; hip crease below the knee, heels down.',
    fileName: 'back-squat-bracing-depth.mp4',
    seconds: 6,
    caption: 'BACK SQUAT',
    color: '#7a3e1d',
    links: [{ label: 'Strength group' }, { label: 'Open day, gym', isEnded: true }],
  },
  {
    key: 'freestyle-catch',
    coach: 'ben',
    title: 'Freestyle: early vertical forearm at the catch',
    description: 'High elbow, fingertips down, no crossing of the centre line.',
    fileName: 'freestyle-early-vertical-forearm.mp4',
    seconds: 6,
    caption: 'FREESTYLE CATCH',
    color: '#0e6b6b',
    links: [{ label: 'Masters squad' }, { label: 'Open day, pool', isEnded: true }],
  },
  {
    key: 'landing',
    coach: 'amelia',
    title: 'Landing mechanics after ACL rehab, week 12',
    description: 'Soft knees, no valgus, both feet at once. Confidential: for the athlete and her physio.',
    fileName: 'landing-mechanics-week-12.mp4',
    seconds: 6,
    caption: 'LANDING',
    color: '#5b2a6e',
    links: [{ label: 'Athlete and physio', max_views: 10 }],
  },
];
