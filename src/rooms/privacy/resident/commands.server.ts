import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { hashOf } from '#foundation/identity/secret.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { openLink } from '#foundation/links/private-links.server.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { nobody, writeLogLine } from '#foundation/log/line.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { findResidentCase, findStandingLink } from './read.server.ts';
import { linkDays, objectionsInDay } from './rules.ts';
import { answerObjectionSchema, objectSchema, residentLinkSchema, showNamesSchema } from './schema.ts';

const day = 24 * 60 * 60_000;

/** Ends the link that stands. The case is locked, so at most one does. */
async function endStanding(deed: Deed, caseId: string): Promise<boolean> {
	const standing = await findStandingLink(deed.tx, deed.actor, deed.now, caseId);
	if (!standing) return false;
	await deed.tx
		.insertInto('privateLinkEnd')
		.values({ networkId: deed.actor.networkId, linkId: standing.linkId, reason: 'revoked', at: deed.now })
		.execute();
	return true;
}

/** The holder alone gives the resident a way in. */
async function ofHolder(deed: Deed, caseId: string): Promise<Outcome<null>> {
	const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
	if (!standing) return refuse('not_found');
	if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
	return ok(null);
}

/** Makes the resident's own link (I5); one that stood works no longer. Closed cases too: who was helped may look back. */
export const makeResidentLink = command({
	act: 'resident_link.make',
	schema: residentLinkSchema,
	async run(deed, input): Promise<Outcome<{ linkId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const holder = await ofHolder(deed, input.caseId);
		if (!holder.ok) return holder;
		await endStanding(deed, input.caseId);
		const linkId = await deed.makeLink({
			...{ purpose: 'resident', subjectId: input.caseId, personId: null, membershipId: null },
			expiresAt: new Date(deed.now.getTime() + linkDays * day)
		});
		deed.about('resident_link', linkId, input.caseId);
		return ok({ linkId });
	}
});

/** Takes the resident's link back: when it fell into other hands. */
export const revokeResidentLink = command({
	act: 'resident_link.revoke',
	schema: residentLinkSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('case', input.caseId, input.caseId);
		const holder = await ofHolder(deed, input.caseId);
		if (!holder.ok) return holder;
		return (await endStanding(deed, input.caseId)) ? ok(null) : refuse('wrong_state');
	}
});

/** The holder answers what the resident did not agree with, once. The resident reads it on their own page. */
export const answerObjection = command({
	act: 'objection.answer',
	schema: answerObjectionSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const { networkId, personId, membershipId } = deed.actor;
		deed.about('objection', input.objectionId);
		const objection = await deed.tx
			.selectFrom('residentObjection')
			.select('caseId')
			.where('networkId', '=', networkId)
			.where('objectionId', '=', input.objectionId)
			.executeTakeFirst();
		if (!objection) return refuse('not_found');
		const { caseId } = objection;
		deed.about('objection', input.objectionId, caseId);
		const holder = await ofHolder(deed, caseId);
		if (!holder.ok) return holder;
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const answered = await deed.tx
			.insertInto('residentObjectionAnswer')
			.values({ networkId, objectionId: input.objectionId, caseId, personId, membershipId, at: deed.now })
			.onConflict((conflict) => conflict.columns(['networkId', 'objectionId']).doNothing())
			.executeTakeFirst();
		if (answered.numInsertedOrUpdatedRows !== 1n) return refuse('already_answered');
		await deed.write({ caseId, aboutId: input.objectionId, part: 'objection_answer', text: input.words });
		return ok(null);
	}
});

/** An organisation decides for its own people whether residents see their names. */
export const setNamesToResidents = command({
	act: 'organisation.show_names',
	schema: showNamesSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const { networkId, organisationId, roles } = deed.actor;
		deed.about('organisation', organisationId);
		if (!roles.includes('administrator')) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		await deed.tx
			.updateTable('organisation')
			.set({ namesToResidents: input.show === 'yes' })
			.where('networkId', '=', networkId)
			.where('organisationId', '=', organisationId)
			.execute();
		return ok(null);
	}
});

/**
 * The resident does not agree with something and says so by their own link: words sealed, holder and facilitators told. It blocks nothing; the
 * holder answers. Not a command, for nobody of the network acts: its line names nobody and has the origin `resident`.
 * Refuses `link_invalid`, `link_expired`, `invalid`, `needs_acknowledgement`, and `too_many_tries` after five in a day.
 */
export async function objectAsResident(
	installation: Installation,
	slug: string,
	token: string,
	input: unknown
): Promise<Outcome<{ objectionId: string }>> {
	const link = await openLink(installation, 'resident', slug, token);
	if (!link.ok) return link;
	const parsed = parseInput(objectSchema, input);
	if (!parsed.ok) return parsed;
	const { key: objectionId, words, acknowledged } = parsed.value;
	const doubts = findDoubts({ words });
	if (doubts.length > 0 && !acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
	const { networkId } = link.value;
	const { door, keyring, world } = installation;
	const now = world.now();
	const hash = hashOf(token);
	return door.link(networkId, now, async (tx, send) => {
		const found = await findResidentCase(tx, hash);
		if (!found) return refuse('link_invalid');
		const { caseId } = found;
		// Sent twice at once, the second waits here and finds the first.
		await sql`select pg_advisory_xact_lock(hashtextextended(${`${networkId}/${caseId}`}, 0))`.execute(tx);
		const { rows: before } = await sql<{
			objectionId: string;
			at: Date;
		}>`select objection_id, at from app.resident_objections(${hash})`.execute(tx);
		if (before.some((objection) => objection.objectionId === objectionId)) return ok({ objectionId });
		if (before.filter((objection) => objection.at.getTime() > now.getTime() - day).length >= objectionsInDay)
			return refuse('too_many_tries');
		const wordsId = world.id();
		const sealed = await keyring.sealWords({ networkId, caseId }, { aboutId: objectionId, part: 'objection', wordsId }, words);
		const { rows } = await sql<{
			holder: string | null;
		}>`select app.resident_object(${hash}, ${objectionId}, ${wordsId}, ${Buffer.from(sealed)}) as holder`.execute(tx);
		writeLogLine(installation, { tx, send }, nobody(networkId, 'resident'), now, {
			...{ act: 'resident.object', result: 'done', objectKind: 'objection', objectId: objectionId, caseId }
		});
		const tell = (kind: string, payload: Readonly<Record<string, string>>) =>
			tx
				.insertInto('outbox')
				.values({ networkId, outboxId: world.id(), kind, payload: JSON.stringify(payload), at: now })
				.execute();
		const holder = rows[0]?.holder;
		if (holder) await tell('mail.resident_objected', { caseId, personId: holder });
		const { rows: facilitators } = await sql<{ personId: string }>`
			select person_id from app.facilitators_to_tell(${hash}) as person_id order by 1`.execute(tx);
		// The facilitator hears that, not of whom: they come to a case when its holder asks.
		for (const { personId } of facilitators) if (personId !== holder) await tell('mail.resident_objected_somewhere', { personId });
		await tell('search.objection', { caseId });
		await tell(changedKind, { caseId });
		return ok({ objectionId });
	});
}
