import { defineConfig } from 'vitest/config';

const folders = '{src,packages,demo,scripts}/**';

/** Two projects: `rules` needs nothing but this machine's processor, `database` gets one throwaway PostgreSQL for its whole run. */
export default defineConfig({
	test: {
		// Modules hold no state, so files may share a worker; that saves loading everything again for each of them.
		isolate: false,
		pool: 'threads',
		testTimeout: 20_000,
		hookTimeout: 60_000,
		projects: [
			{ extends: true, test: { name: 'rules', include: [`${folders}/*.test.ts`], exclude: ['**/*.db.test.ts', '**/node_modules/**'] } },
			{
				extends: true,
				test: { name: 'database', include: [`${folders}/*.db.test.ts`], globalSetup: ['src/foundation/database/vitest.global.ts'] }
			}
		]
	}
});
