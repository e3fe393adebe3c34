import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { productionEnvironment, sampleEnvironment } from '../test/sample-environment.ts';
import { ConfigError, parseConfig } from './config.ts';
import { crashPoints } from './crash-point.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Points as the code of the product names them, once for each line. */
const named = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .flatMap((file) => [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/crashPoint\('([^']+)'\)/g)])
  .map(([, point]) => point);

/** A process that is to die at the second pass of a point, and what it wrote. */
function run(code: string) {
  return spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import { armCrash, crashPoint } from '${folder}/crash-point.ts';\n${code}`],
    { encoding: 'utf8' },
  );
}

const faultOf = (source: Record<string, string | undefined>): string | undefined => {
  try {
    parseConfig(source);
  } catch (error) {
    return error instanceof ConfigError
      ? error.faults.find(({ variable }) => variable === 'CRASH_POINT')?.message
      : String(error);
  }
  return undefined;
};

describe('crash points', () => {
  it('each stands at exactly one line of the code', () => {
    expect(named.toSorted()).toEqual([...crashPoints].sort());
  });

  it('the process dies by SIGKILL at the pass it is armed for, and runs nothing after', () => {
    const { signal, stdout } = run(`
      armCrash({ point: 'fold.begun', pass: 2 });
      process.on('exit', () => console.log('exit'));
      crashPoint('fold.committed'); crashPoint('fold.begun');
      (await import('node:fs')).writeSync(1, 'first pass\\n');
      crashPoint('fold.begun');
      (await import('node:fs')).writeSync(1, 'second pass\\n');`);
    expect([signal, stdout]).toEqual(['SIGKILL', 'first pass\n']);
  });

  it('nothing happens at any point unless it is armed', () => {
    const all = crashPoints.map((point) => `crashPoint('${point}');`).join('');
    const { status, stdout } = run(`${all} armCrash(undefined); ${all} console.log('alive');`);
    expect([status, stdout]).toEqual([0, 'alive\n']);
  });
});

describe('CRASH_POINT', () => {
  it('names a point, and at which pass', () => {
    expect(parseConfig(sampleEnvironment({ CRASH_POINT: 'fold.begun' })).crash).toEqual({
      point: 'fold.begun',
      pass: 1,
    });
    expect(parseConfig(sampleEnvironment({ CRASH_POINT: 'seal.begun#7' })).crash).toEqual({
      point: 'seal.begun',
      pass: 7,
    });
    expect(parseConfig(sampleEnvironment()).crash).toBeUndefined();
  });

  it.each(['fold', 'fold.begun#0', 'fold.begun#', 'fold.begun#2#3', 'anything'])('%s is refused', (value) => {
    expect(faultOf(sampleEnvironment({ CRASH_POINT: value }))).toMatch(/^(must be a point|names no point)/);
  });

  it('is refused in staging and in production', () => {
    const message = 'is for ENVIRONMENT=development or test only';
    expect(faultOf(productionEnvironment({ CRASH_POINT: 'fold.begun' }))).toBe(message);
    expect(faultOf(sampleEnvironment({ ENVIRONMENT: 'staging', CRASH_POINT: 'fold.begun' }))).toBe(message);
  });
});
