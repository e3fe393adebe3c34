import { startTestCluster } from './cluster.ts';
import { copyTemplate, type TestDatabase } from './database.ts';

/**
 * For programs: runs `work` with so many copies of the deployed template, in a PostgreSQL of its own that ends with it, also when the
 * program is told to end.
 */
export async function withTestDatabases<T>(count: number, work: (databases: TestDatabase[]) => Promise<T>): Promise<T> {
  const cluster = await startTestCluster();
  const end = () => {
    void cluster.stop().finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  try {
    const databases: TestDatabase[] = [];
    for (let i = 0; i < count; i += 1) databases.push(await copyTemplate(cluster.facts));
    try {
      return await work(databases);
    } finally {
      await Promise.all(databases.map((database) => database.close()));
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
    await cluster.stop();
  }
}
