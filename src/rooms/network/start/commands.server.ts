import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { getNetworkStart } from './read.server.ts';
import { isChangedMeanwhile, isTooEarly, mayStateInterest, mayWriteStart, missingBefore } from './rules.ts';
import type { SignPart } from './rules.ts';
import { lookBackSchema, stateInterestSchema, writeStartSchema } from './schema.ts';
import { listStartTables } from './table/read.server.ts';

const mayWrite = ({ actor }: Deed): boolean => mayWriteStart(actor.roles);

/** Sentences of one network are written one after the other. */
export async function lockStart({ tx, actor }: Deed): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`${actor.networkId}/start`}, 0))`.execute(tx);
}

async function add(deed: Deed, startId: string, part: string, text: string): Promise<void> {
	const { networkId, personId } = deed.actor;
	await deed.tx.insertInto('networkStart').values({ networkId, startId, part, text, personId, at: deed.now }).execute();
}

/** Who sits at a table where the start is spoken of sees what was written. */
async function tellTables({ tx, actor, tell }: Deed): Promise<void> {
	for (const { tableId, part } of await listStartTables(tx, actor)) if (part !== null) await tell(changedKind, { tableId });
}

/** Someone else wrote since the page was read: both texts are shown, and whoever typed decides. */
const refuseChanged = () => refuse('changed_meanwhile', { lift: { kind: 'role', role: 'yourself' } });

/** Someone of the network writes a part of its start (S1), in order; a part that stands is written anew and the earlier sentence is kept. */
export const writeStart = command({
	act: 'start.write',
	schema: writeStartSchema,
	async run(deed, input): Promise<Outcome<{ startId: string }>> {
		if (!mayWrite(deed)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		await lockStart(deed);
		const start = await getNetworkStart(deed.tx, deed.actor);
		if (isChangedMeanwhile(start.sentences.get(input.part)?.startId, input.seen)) return refuseChanged();
		const early = isTooEarly(start, input.part);
		const because = (input.because ?? '').trim();
		if (early && because === '') return refuse('rules_come_last', { fields: [{ path: ['because'], code: 'required' }] });
		if (!early && missingBefore(start, input.part) !== null) return refuse('start_in_order');
		const doubts = findDoubts({ text: input.text, because });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const startId = deed.id();
		deed.about('start', startId);
		await add(deed, startId, input.part, input.text);
		if (early) await add(deed, deed.id(), 'rules_early_because', because);
		await tellTables(deed);
		return ok({ startId });
	}
});

/** Someone says what their own organisation is in it for, what it brings and what it must not lose. The earlier words are kept. */
export const stateInterest = command({
	act: 'start.state_interest',
	schema: stateInterestSchema,
	async run(deed, { gains, brings, keeps, seen }): Promise<Outcome<{ interestId: string }>> {
		if (!mayStateInterest(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		await lockStart(deed);
		const start = await getNetworkStart(deed.tx, deed.actor);
		const { networkId, organisationId, personId, membershipId } = deed.actor;
		const own = start.interests.find((interest) => interest.organisationId === organisationId);
		if (isChangedMeanwhile(own?.interestId, seen)) return refuseChanged();
		if (missingBefore(start, 'interests') !== null) return refuse('start_in_order');
		const interestId = deed.id();
		deed.about('interest', interestId);
		await deed.tx
			.insertInto('startInterest')
			.values({ networkId, interestId, organisationId, gains, brings, keeps: keeps ?? null, personId, membershipId, at: deed.now })
			.execute();
		await tellTables(deed);
		return ok({ interestId });
	}
});

/** Someone of the network looks back on a sign: seen, or not yet. */
export const lookBackOnSign = command({
	act: 'sign.look_back',
	schema: lookBackSchema,
	async run(deed, input): Promise<Outcome<{ lookId: string; part: SignPart }>> {
		deed.about('start', input.startId);
		if (!mayWrite(deed)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		await lockStart(deed);
		const { signs } = await getNetworkStart(deed.tx, deed.actor);
		const sign = signs.find(({ startId }) => startId === input.startId);
		if (!sign) return refuse('not_found');
		if (input.onDay > dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['onDay'], code: 'date_in_future' }] });
		const { networkId, personId } = deed.actor;
		const lookId = deed.id();
		await deed.tx
			.insertInto('signLookBack')
			.values({ networkId, lookId, ...input, personId, at: deed.now })
			.execute();
		return ok({ lookId, part: sign.part });
	}
});
