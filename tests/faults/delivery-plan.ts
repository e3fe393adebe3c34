import { Random } from './random.ts';

/** What may happen to an event on its way from Mux to us. */
export const deliveryFaults = ['duplicated', 'overtaken', 'delayed', 'skewed', 'unanswered', 'cut', 'forged'] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

/** What happens to one event. Every event meets one fault at the least. */
export type DeliveryPlan = {
  readonly faults: readonly DeliveryFault[];
  /** How many copies follow the delivery that was taken, all at once: 0 to 20. */
  readonly copies: number;
  /** Attempts that never reach us, so that later events come first: 0 to 4. */
  readonly lostAttempts: number;
  /** How long before it reaches us an attempt was signed, in seconds: up to a day. The same for all attempts. */
  readonly signedAgo: number;
  /** By how much the sender's clock is wrong, in seconds, -600 to 600; set right after so many attempts. */
  readonly skew: number;
  readonly skewedAttempts: number;
  /** Our first answer never reaches the sender. */
  readonly isAnswerLost: boolean;
  /** The connection breaks in the middle of the first attempt. */
  readonly isCut: boolean;
  /** A copy with a wrong signature comes first. */
  readonly isForged: boolean;
};

const weights: Readonly<Record<DeliveryFault, number>> = {
  duplicated: 40,
  overtaken: 25,
  delayed: 9,
  skewed: 9,
  unanswered: 7,
  cut: 5,
  forged: 5,
};

/** The plan of the event that was seen as number `ordinal`, counted from 0. Follows from the seed alone. */
export function deliveryPlan(seed: number, ordinal: number): DeliveryPlan {
  const random = new Random(seed, `delivery ${ordinal}`);
  const drawn = new Set<DeliveryFault>([random.weighted(weights)]);
  while (random.next() < 0.3) drawn.add(random.weighted(weights));
  const has = (fault: DeliveryFault): boolean => drawn.has(fault);
  return {
    faults: [...drawn],
    copies: has('duplicated') ? random.int(1, 20) : 0,
    lostAttempts: has('overtaken') ? random.int(1, 4) : 0,
    // Half of them within what is tolerated.
    signedAgo: has('delayed') ? (random.next() < 0.5 ? random.int(10, 280) : random.int(310, 86_400)) : 0,
    skew: has('skewed') ? random.int(-600, 600) : 0,
    skewedAttempts: has('skewed') ? random.int(1, 3) : 0,
    isAnswerLost: has('unanswered'),
    isCut: has('cut'),
    isForged: has('forged'),
  };
}
