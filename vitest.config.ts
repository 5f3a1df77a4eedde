import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const folders = '{src,packages,demo,scripts}/**';

/** Three projects: `rules` needs nothing but this machine's processor, `database` gets one throwaway PostgreSQL for its whole run, `journeys` a browser and such a PostgreSQL. */
export default defineConfig({
	test: {
		// Modules hold no state, so files may share a worker; that saves loading everything again for each of them.
		isolate: false,
		pool: 'threads',
		// Also on two cores: many of these tests wait for a server.
		maxWorkers: Math.max(2, availableParallelism()),
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// On a build server that other work shares, a test may fail for want of time. What fails twice is broken.
		retry: process.env['CI'] ? 1 : 0,
		projects: [
			{ extends: true, test: { name: 'rules', include: [`${folders}/*.test.ts`], exclude: ['**/*.db.test.ts', '**/node_modules/**'] } },
			{
				extends: true,
				test: { name: 'database', include: [`${folders}/*.db.test.ts`], globalSetup: ['src/foundation/database/vitest.global.ts'] }
			},
			{
				extends: true,
				// Each file has a browser and an installation of its own, and waits a good deal: as many beside each other as there are workers.
				test: {
					name: 'journeys',
					include: ['{e2e,src/checks}/**/*.journey.ts'],
					globalSetup: ['src/foundation/database/vitest.global.ts', 'e2e/filled-demo.global.ts'],
					testTimeout: 120_000,
					hookTimeout: 180_000
				}
			}
		]
	}
});
