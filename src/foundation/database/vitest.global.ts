import type { TestProject } from 'vitest/node';
import { startTestCluster } from './testing.server.ts';

/** One throwaway PostgreSQL for the whole run of the project `database`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const cluster = await startTestCluster();
	project.provide('testCluster', cluster.urls);
	return cluster.stop;
}
