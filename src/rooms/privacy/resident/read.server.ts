import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { hashOf } from '#foundation/identity/secret.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { linkPath, openLink } from '#foundation/links/private-links.server.ts';
import { nobody, writeLogLine } from '#foundation/log/line.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { foldAgreement } from '#rooms/agreements/rules.ts';
import type { AgreementState, LeftParty, ReportAnswer, ReportOutcome } from '#rooms/agreements/rules.ts';
import { toldMoney, withoutAmounts } from './rules.ts';
import type { Decided, Look } from './rules.ts';

/** What was agreed for the resident. */
export interface ResidentAgreement {
	readonly agreementId: string;
	/** What was promised; null when the words were destroyed. */
	readonly what: string | null;
	readonly dueOn: string;
	readonly at: Date;
	readonly organisationName: string;
	readonly functionTitle: string;
	/** Only where the organisation shows the names of its people to residents. */
	readonly personName: string | null;
	readonly kind: string;
	readonly state: AgreementState;
}

/** What was decided about money for the resident. No amount: not in the fields, and not in the words. */
export interface ResidentMoney {
	readonly requestId: string;
	readonly decidedAt: Date;
	/** For what; null when the words were destroyed. */
	readonly what: string | null;
	readonly told: NonNullable<ReturnType<typeof toldMoney>>;
}

export interface ResidentObjection {
	readonly objectionId: string;
	readonly at: Date;
	readonly words: string | null;
	readonly answeredAt: Date | null;
	readonly answer: string | null;
}

/** Everything that a resident sees by their own link. */
export interface ResidentPlan {
	readonly networkName: string;
	readonly openedAt: Date;
	readonly closed: boolean;
	readonly linkExpiresAt: Date;
	readonly goal: string | null;
	readonly firstNeed: string | null;
	readonly agreements: readonly ResidentAgreement[];
	/** What was decided about money, in the order of time. */
	readonly money: readonly ResidentMoney[];
	/** What the resident does themselves, as it was written down with them. */
	readonly residentDoes: readonly string[];
	readonly looks: readonly Look[];
	readonly objections: readonly ResidentObjection[];
}

/** The case behind a link that stands. No more than this is known of it before its rows are read. */
export interface ResidentCase {
	readonly caseId: string;
	readonly linkId: string;
	readonly expiresAt: Date;
	readonly openedAt: Date;
	readonly closed: boolean;
}

/** Looks anew, inside the transaction, whether the secret still opens something. */
export async function findResidentCase(tx: Tx, hash: Buffer): Promise<ResidentCase | null> {
	const { rows } = await sql<ResidentCase>`select * from app.resident_case(${hash})`.execute(tx);
	return rows[0] ?? null;
}

type AgreementRow = Omit<ResidentAgreement, 'what' | 'state'> & {
	readonly versionId: string;
	readonly outcome: ReportOutcome | null;
	readonly answer: ReportAnswer | null;
	readonly left: LeftParty;
};

/**
 * The resident's own plan, by the secret of their link; leaves a line in the log that names nobody. Refuses `link_invalid` (unknown, or taken
 * back) and `link_expired`.
 */
export async function readResidentPlan(installation: Installation, slug: string, token: string): Promise<Outcome<ResidentPlan>> {
	const link = await openLink(installation, 'resident', slug, token);
	if (!link.ok) return link;
	const { networkId } = link.value;
	const now = installation.world.now();
	const hash = hashOf(token);
	return installation.door.link(networkId, now, async (tx, send) => {
		const found = await findResidentCase(tx, hash);
		if (!found) return refuse('link_invalid');
		const { caseId } = found;
		const words = await openResidentWords(installation, tx, networkId, hash);
		const { rows: agreements } = await sql<AgreementRow>`
			select r.*, app.left_party(r.agreement_id) as left from app.resident_agreements(${hash}) r`.execute(tx);
		const { rows: money } = await sql<Decided & { requestId: string; decidedAt: Date }>`select * from app.resident_money(${hash})`.execute(
			tx
		);
		const { rows: looks } = await sql<Look>`select * from app.resident_looks(${hash})`.execute(tx);
		const { rows: objections } = await sql<
			Pick<ResidentObjection, 'objectionId' | 'at' | 'answeredAt'>
		>`select * from app.resident_objections(${hash})`.execute(tx);
		const network = await tx.selectFrom('network').select('name').where('networkId', '=', networkId).executeTakeFirstOrThrow();
		writeLogLine(installation, { tx, send }, nobody(networkId, 'resident'), now, {
			...{ act: 'resident.read', result: 'seen', objectKind: 'case', objectId: caseId, caseId }
		});
		return ok({
			networkName: network.name,
			openedAt: found.openedAt,
			closed: found.closed,
			linkExpiresAt: found.expiresAt,
			goal: words(caseId, 'goal'),
			firstNeed: words(caseId, 'first_need'),
			agreements: agreements.map(({ outcome, answer, versionId, left, ...agreement }) => ({
				...agreement,
				what: words(versionId, 'agreement'),
				state: foldAgreement(outcome === null ? [] : [{ outcome, answer }], [], left)
			})),
			money: money.flatMap(({ requestId, decidedAt, ...decided }) => {
				const told = toldMoney(decided);
				const what = words(requestId, 'request_what');
				return told === null ? [] : [{ requestId, decidedAt, told, what: what === null ? null : withoutAmounts(what) }];
			}),
			residentDoes: [
				...new Set(money.map(({ requestId }) => words(requestId, 'request_resident_does')).filter((text) => text !== null && text !== ''))
			] as string[],
			looks,
			objections: objections.map((objection) => ({
				...objection,
				words: words(objection.objectionId, 'objection'),
				answer: words(objection.objectionId, 'objection_answer')
			}))
		});
	});
}

async function openResidentWords(
	{ keyring }: Installation,
	tx: Tx,
	networkId: string,
	hash: Buffer
): Promise<(aboutId: string, part: string) => string | null> {
	const { rows } = await sql<{
		caseId: string;
		wordsId: string;
		aboutId: string;
		part: string;
		ciphertext: Buffer;
	}>`select case_id, words_id, about_id, part, ciphertext from app.resident_words(${hash})`.execute(tx);
	const opened = new Map<string, string | null>();
	for (const { caseId, ciphertext, ...place } of rows)
		opened.set(`${place.aboutId} ${place.part}`, await keyring.openWords({ networkId, caseId }, place, ciphertext));
	return (aboutId, part) => opened.get(`${aboutId} ${part}`) ?? null;
}

/** The link of a case that works now, if there is one. */
export async function findStandingLink(
	tx: Tx,
	actor: Actor,
	now: Date,
	caseId: string
): Promise<{ linkId: string; madeAt: Date; expiresAt: Date } | null> {
	const link = await tx
		.selectFrom('privateLink as l')
		.leftJoin('privateLinkEnd as e', (join) => join.onRef('e.networkId', '=', 'l.networkId').onRef('e.linkId', '=', 'l.linkId'))
		.select(['l.linkId', 'l.madeAt', 'l.expiresAt'])
		.where('l.networkId', '=', actor.networkId)
		.where('l.purpose', '=', 'resident')
		.where('l.subjectId', '=', caseId)
		.where('l.expiresAt', '>', now)
		.where('e.linkId', 'is', null)
		.orderBy('l.madeAt', 'desc')
		.limit(1)
		.executeTakeFirst();
	return link ?? null;
}

/** An objection as the table sees it; its words stand with the words of the case. */
export interface TableObjection {
	readonly objectionId: string;
	readonly at: Date;
	readonly answeredAt: Date | null;
	readonly answeredByMembershipId: string | null;
}

export const listObjections = (tx: Tx, actor: Actor, caseId: string): Promise<TableObjection[]> =>
	tx
		.selectFrom('residentObjection as o')
		.leftJoin('residentObjectionAnswer as a', (join) =>
			join.onRef('a.networkId', '=', 'o.networkId').onRef('a.objectionId', '=', 'o.objectionId')
		)
		.select(['o.objectionId', 'o.at', 'a.at as answeredAt', 'a.membershipId as answeredByMembershipId'])
		.where('o.networkId', '=', actor.networkId)
		.where('o.caseId', '=', caseId)
		.orderBy('o.at')
		.orderBy('o.objectionId')
		.execute();

/** What the table knows of the resident's own page. */
export const getResidentAtTable = async (tx: Tx, actor: Actor, now: Date, caseId: string) => ({
	link: await findStandingLink(tx, actor, now, caseId),
	objections: await listObjections(tx, actor, caseId)
});

/** Cases that the actor holds in which a resident does not agree with something and was not answered yet, oldest first. */
export const listMyObjections = (tx: Tx, actor: Actor): Promise<{ caseId: string; pseudonym: string; objectionId: string; at: Date }[]> =>
	tx
		.selectFrom('residentObjection as o')
		.innerJoin('caseRecord as c', (join) => join.onRef('c.networkId', '=', 'o.networkId').onRef('c.caseId', '=', 'o.caseId'))
		.innerJoin('caseSeat as s', (join) => join.onRef('s.networkId', '=', 'o.networkId').onRef('s.caseId', '=', 'o.caseId'))
		.leftJoin('residentObjectionAnswer as a', (join) =>
			join.onRef('a.networkId', '=', 'o.networkId').onRef('a.objectionId', '=', 'o.objectionId')
		)
		.select(['o.caseId', 'c.pseudonym', 'o.objectionId', 'o.at'])
		.where('o.networkId', '=', actor.networkId)
		.where('s.personId', '=', actor.personId)
		.where('s.holder', '=', true)
		.where('s.validUntil', 'is', null)
		.where('a.objectionId', 'is', null)
		.orderBy('o.at')
		.orderBy('o.objectionId')
		.execute();

/** Whether the actor's organisation shows the names of its people to residents. */
export const showsNames = async (tx: Tx, actor: Actor): Promise<{ name: string; shown: boolean }> => {
	const { name, namesToResidents } = await tx
		.selectFrom('organisation')
		.select(['name', 'namesToResidents'])
		.where('networkId', '=', actor.networkId)
		.where('organisationId', '=', actor.organisationId)
		.executeTakeFirstOrThrow();
	return { name, shown: namesToResidents };
};

/** The whole address of a resident's link: a secret, for the page that shows it once to who made it. */
export async function residentAddress(installation: Installation, actor: Actor, linkId: string): Promise<string> {
	const network = (await installation.door.listNetworks()).find((entry) => entry.networkId === actor.networkId);
	if (!network) throw new Error('An actor acts in a network of this installation.');
	return installation.settings.origin + (await linkPath(installation, network.slug, { linkId, purpose: 'resident' }));
}
