import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type IntegrationApp, startIntegrationApp } from '../test/integration-app.ts';
import { readRules, readSeries, type Series, selectorsOf } from '../test/promql.ts';
import { startWorker, type Worker } from './jobs/worker.ts';

const root = new URL('../../', import.meta.url);
const rules = readRules(new URL('infra/prometheus/rules/', root));
const alerts = rules.filter(({ alert }) => alert !== undefined);
const recorded = new Set(rules.map(({ record }) => record));

let subject: IntegrationApp;
let worker: Worker;
let folder: string;
let series: Series[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alert-rules-'));
  subject = await startIntegrationApp({ environment: { RATE_LIMITS: '*=enforce' } });
  const signing = {
    key: generateKeyPairSync('ed25519').privateKey,
    origin: 'videos.example.com/audit',
    checkpointDir: folder,
    pastKeys: [],
    everySeconds: 1,
  };
  worker = await startWorker({ ...subject.config, workerPort: 0, auditSigning: signing }, pino({ level: 'silent' }));
  const scrape = async (origin: string) => (await fetch(`${origin}/metrics`)).text();
  // The worker shows whether the log is intact after its first look.
  await vi.waitFor(
    async () =>
      expect(await scrape(`http://127.0.0.1:${worker.port}`)).toContain('mm_audit_log_intact{check="recent"} 1'),
    { timeout: 20_000 },
  );
  series = readSeries(`${await scrape(subject.origin)}\n${await scrape(`http://127.0.0.1:${worker.port}`)}`);
});
afterAll(async () => {
  await worker?.close();
  await subject?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the alert rules', () => {
  it.each(rules.map((rule) => [rule.alert ?? rule.record ?? '', rule] as const))(
    '%s asks only for what api and worker show from their start',
    (_name, rule) => {
      const missing = selectorsOf(rule.expr)
        .filter(({ metric }) => metric !== 'up' && !recorded.has(metric))
        .filter(({ metric, matches }) => !series.some((each) => each.metric === metric && matches(each.labels)))
        .map(({ text }) => text);
      expect(missing).toEqual([]);
    },
  );

  it.each(alerts.map((rule) => [rule.alert ?? '', rule] as const))(
    '%s says how grave it is, whose it is, what is wrong, and has a runbook that speaks of it',
    (name, { labels, annotations }) => {
      expect(labels).toEqual({
        severity: expect.stringMatching(/^(critical|warning)$/),
        team: expect.stringMatching(/^(platform|security)$/),
      });
      expect(annotations).toEqual({ summary: expect.stringMatching(/\.$/), runbook: expect.any(String) });
      const runbook = new URL(annotations?.runbook ?? '', root);
      expect(existsSync(runbook) && readFileSync(runbook, 'utf8').includes(`\`${name}\``)).toBe(true);
    },
  );

  it.each(alerts.map(({ alert }) => alert ?? ''))('%s is shown to fire by a test of promtool', (name) => {
    const folder = new URL('infra/prometheus/tests/', root);
    const tests = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'));
    expect(tests.some((text) => new RegExp(`- alertname: ${name}\\n`).test(text))).toBe(true);
  });
});

it('every runbook that an alert of the database names is there', () => {
  const folder = new URL('sql/functions/', root);
  const named = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.sql'))
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').match(/docs\/runbooks\/[^']+/g) ?? []);
  expect(named).toContain('docs/runbooks/webhook-signature-refused.md');
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('a metric, a value of a label or an expression that does not exist is noticed', () => {
  const found = (text: string) =>
    selectorsOf(text).map(({ metric, matches }) =>
      series.some((each) => each.metric === metric && matches(each.labels)),
    );
  expect(found('mm_webhook_folds_total{outcome="dead"} + mm_webhook_folds_total{outcome=~"lost|gone"}')).toEqual([
    true,
    false,
  ]);
  expect(found('mm_webhook_folded_total')).toEqual([false]);
  expect(() => selectorsOf('sum by (mm_x')).toThrow('No PromQL');
});
