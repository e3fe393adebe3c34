import { expect, it } from 'vitest';
import { crashPoints } from '../../api/src/crash-point.ts';
import { reconcilePoints, rotationPoints, upkeepPoint } from './aftermath.ts';
import { type DeliveryPlan, deliveryFaults, deliveryPlan } from './delivery-plan.ts';
import { apiPoints, workerPoints } from './incidents.ts';
import { replayPoint } from './poison.ts';

const plans = (seed: number): DeliveryPlan[] =>
  Array.from({ length: 1_000 }, (_, ordinal) => deliveryPlan(seed, ordinal));

it('the same seed makes the same plans, another makes others', () => {
  expect(plans(7)).toEqual(plans(7));
  expect(plans(7)).not.toEqual(plans(8));
});

it('every event meets a fault, and among a thousand events every fault comes', () => {
  const drawn = plans(1);
  expect(drawn.filter(({ faults }) => faults.length === 0)).toEqual([]);
  expect([...new Set(drawn.flatMap(({ faults }) => faults))].sort()).toEqual([...deliveryFaults].sort());
});

it('copies reach 20, delays a day and clocks ten minutes either way, and none goes beyond', () => {
  const drawn = Array.from({ length: 20 }, (_, seed) => plans(seed)).flat();
  const span = (read: (plan: DeliveryPlan) => number): [number, number] => [
    Math.min(...drawn.map(read)),
    Math.max(...drawn.map(read)),
  ];
  expect(span(({ copies }) => copies)).toEqual([0, 20]);
  const [, longest] = span(({ signedAgo }) => signedAgo);
  expect(longest).toBeGreaterThan(80_000);
  expect(longest).toBeLessThanOrEqual(86_400);
  const [slow, fast] = span(({ skew }) => skew);
  expect(slow).toBeLessThan(-550);
  expect(fast).toBeGreaterThan(550);
  expect(Math.max(-slow, fast)).toBeLessThanOrEqual(600);
});

it('every crash point of the product is somewhere in the schedule, once', () => {
  const scheduled = [...apiPoints, ...workerPoints, replayPoint, upkeepPoint, ...reconcilePoints, ...rotationPoints];
  expect(scheduled.sort()).toEqual([...crashPoints].sort());
});
