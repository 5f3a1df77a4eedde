import type { Pool } from 'pg';
import type { World } from '../installation.ts';
import type { Keyring } from '../keyring/keyring.server.ts';
import { writeEvent } from './event.server.ts';
import { keyedHash } from './secret.server.ts';

/** Minutes in which tries are counted together, from the first on. */
export const windowMinutes = 15;

/** How many tries a window lets through, by what is counted. A source can be a whole office behind one address, so it gets more. */
export const limits = {
	/** Links asked for one address, whether or not anyone has it. */
	link_address: 5,
	/** Links asked from one source. */
	link_source: 100,
	/** Links, passkeys and forms from one source that were refused. */
	failure_source: 30,
	/** Challenges asked from one source by browsers that are not signed in. */
	challenge_source: 200
} as const;
export type Limit = keyof typeof limits;

/** Refused tries in the whole installation within a window at which an alarm is raised. */
export const alarmAfter = 50;

export interface RateLimit {
	/** Counts one try; false when there were too many. The first one too many raises an alarm. */
	allow(limit: Limit, subject: string): Promise<boolean>;
	/** Whether there were too many already; counts nothing. */
	isSpent(limit: Limit, subject: string): Promise<boolean>;
	/** Counts a refused try of a source, and for the installation as a whole; a peak raises an alarm. */
	countFailure(source: string): Promise<void>;
}

/** Counts tries in the database, so that every process counts together. Outside any transaction: a refusal counts too. */
export function openRateLimit(pool: Pool, keyring: Pick<Keyring, 'secret'>, world: World): RateLimit {
	const bucketOf = async (name: string, subject: string): Promise<Buffer> =>
		keyedHash(await keyring.secret('rate-limit'), JSON.stringify([name, subject]));
	const windowBegan = (): Date => new Date(world.now().getTime() - windowMinutes * 60_000);

	const count = async (name: string, subject: string): Promise<number> => {
		const { rows } = await pool.query<{ tries: number }>(
			`insert into identity.rate_limit as r (bucket, began_at, tries) values ($1, $2, 1)
			on conflict (bucket) do update set
				tries = case when r.began_at <= $3 then 1 else r.tries + 1 end,
				began_at = case when r.began_at <= $3 then excluded.began_at else r.began_at end
			returning tries`,
			[await bucketOf(name, subject), world.now(), windowBegan()]
		);
		return rows[0]?.tries ?? 0;
	};

	return {
		async allow(limit, subject) {
			const tries = await count(limit, subject);
			if (tries === limits[limit] + 1) await writeEvent(pool, world, 'alarm.raised', { result: `too_many_${limit}` });
			return tries <= limits[limit];
		},
		async isSpent(limit, subject) {
			const { rows } = await pool.query<{ tries: number }>('select tries from identity.rate_limit where bucket = $1 and began_at > $2', [
				await bucketOf(limit, subject),
				windowBegan()
			]);
			return (rows[0]?.tries ?? 0) >= limits[limit];
		},
		async countFailure(source) {
			const ofSource = await count('failure_source', source);
			if (ofSource === limits.failure_source) await writeEvent(pool, world, 'alarm.raised', { result: 'too_many_failure_source' });
			const all = await count('failure_all', '');
			if (all === alarmAfter) await writeEvent(pool, world, 'alarm.raised', { result: 'peak_of_failures' });
		}
	};
}
