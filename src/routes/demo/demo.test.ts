import { expect, test } from 'vitest';
import { actions, load } from './+page.server.ts';

/** The parts of a request that the page looks at before anything else. The identity is one that nobody may ask. */
const eventOf = (demo: boolean) => ({
	locals: {
		installation: {
			settings: { demo, dataFolder: import.meta.dirname },
			identity: {
				listDemoPeople: () => Promise.resolve([]),
				signInAs: () => Promise.reject(new Error('signed in'))
			}
		}
	}
});
type LoadEvent = Parameters<typeof load>[0];
type ActionEvent = Parameters<NonNullable<(typeof actions)['default']>>[0];

test('"sign in as" is a page of the demo, and nowhere else', async () => {
	await expect(load(eventOf(true) as unknown as LoadEvent)).resolves.toEqual({ people: [], resident: null });
	await expect(Promise.resolve().then(() => load(eventOf(false) as unknown as LoadEvent))).rejects.toMatchObject({ status: 404 });
	await expect(actions['default']?.(eventOf(false) as unknown as ActionEvent)).rejects.toMatchObject({ status: 404 });
});
