import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../../../test/integration-app.ts';

let subject: IntegrationApp;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  subject = await startIntegrationApp();
});
afterEach(async () => {
  await subject?.close();
  vi.useRealTimers();
});

it('the api raises an alert when the worker is gone and its jobs are not run', async () => {
  await subject.database.admin.query(
    `insert into app.job_runs (job, started_at, ended_at, outcome)
     select job, case job when 'upkeep' then now() - interval '11 minutes' else now() end, now(), 'succeeded' from app.job_schedule()`,
  );
  const alerts = async () => (await subject.database.admin.query('select key, severity, state from app.alerts')).rows;
  expect(await alerts()).toEqual([]);
  vi.advanceTimersByTime(60_000);
  await expect.poll(alerts).toEqual([{ key: 'job.overdue.upkeep', severity: 'critical', state: 'firing' }]);
});
