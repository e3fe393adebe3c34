import type { TestProject } from 'vitest/node';
import { type ClusterFacts, startTestCluster } from './cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: ClusterFacts;
  }
}

/** Starts the one PostgreSQL that all integration tests share; each of them works in a database of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide('cluster', cluster.facts);
  return cluster.stop;
}
