import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, longest first: whole stacks, every declared cell, real transcoding. */
const long = [
  'launcher/stack',
  'conformance/conformance',
  'export-log/long-export',
  'mutation/mutation',
  'mux/process',
  'launcher/start',
  'functions/fold',
  'follow-changes/follow-changes',
  'plans/plans',
  'fuzz/functions',
  'rate-limits/hits-and-blocks',
  'src/server',
  'jobs/carry-out-erasures',
  'webhooks/secret-rotation',
  'jobs/mail-share-codes',
  'src/smoke',
  'rate-limits/shared-limits',
  'drift/drift',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = long.findIndex((name) => moduleId.endsWith(`/${name}.int.test.ts`));
  return rank === -1 ? long.length : rank;
};

/** Begins with what takes longest, so that no long file is still at work alone when the others are done. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
