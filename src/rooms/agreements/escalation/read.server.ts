import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import { openNewestWords } from '#foundation/command/words.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { decidesNothing } from '#rooms/cases/rules.ts';
import { listColleagues, listNames } from '#rooms/people/read.server.ts';
import type { Colleague } from '#rooms/people/read.server.ts';
import { rungs } from './rules.ts';
import type { Outside, Rung, RungAnswer, Step, Wish } from './rules.ts';

/** A step on the ladder of a case, as its table sees it. Its words stand with the words of the case. */
export interface RungAsked extends Step {
	readonly escalationId: string;
	readonly wish: Wish;
	readonly organisationId: string | null;
	readonly outside: Outside | null;
	readonly amountCents: number | null;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
	readonly asked: readonly { readonly personId: string; readonly membershipId: string }[];
	readonly answeredBy: string | null;
	/** With which membership. */
	readonly answeredAs: string | null;
	readonly answeredAt: Date | null;
}

interface Row extends Omit<RungAsked, 'asked'> {
	readonly asked: readonly { personId: string; membershipId: string }[];
}

const columns = sql`e.escalation_id, e.rung, e.wish, e.organisation_id, e.outside, e.amount_cents, e.due_at, e.person_id, e.membership_id, e.at,
	a.answer, a.person_id as answered_by, a.membership_id as answered_as, a.at as answered_at,
	(select coalesce(json_agg(json_build_object('personId', k.person_id, 'membershipId', k.membership_id) order by k.person_id), '[]')
		from escalation_asked k where k.network_id = e.network_id and k.escalation_id = e.escalation_id) as asked`;

/** The steps of the ladder of a case at whose table the actor sits, in order of time; else none. */
export async function listSteps(tx: Tx, actor: Pick<Actor, 'networkId'>, caseId: string): Promise<readonly RungAsked[]> {
	const { rows } = await sql<Row>`
		select ${columns} from case_escalation c
		join escalation e on e.network_id = c.network_id and e.escalation_id = c.escalation_id
		left join escalation_answer a on a.network_id = e.network_id and a.escalation_id = e.escalation_id
		where c.network_id = ${actor.networkId} and c.case_id = ${caseId}
		order by e.at, e.escalation_id`.execute(tx);
	return rows;
}

/** The memberships of everyone on a ladder: who asked, who was asked, who answered. */
export const listInvolved = (steps: readonly RungAsked[]): readonly string[] =>
	steps.flatMap(({ membershipId, asked, answeredAs }) => [
		...[membershipId, ...asked.map((one) => one.membershipId)],
		...(answeredAs === null ? [] : [answeredAs])
	]);

/** Of which case a step is, to who sits at its table; null to everyone else. */
export async function findCaseOfStep(tx: Tx, actor: Actor, escalationId: string): Promise<string | null> {
	const row = await tx
		.selectFrom('caseEscalation')
		.select('caseId')
		.where('networkId', '=', actor.networkId)
		.where('escalationId', '=', escalationId)
		.executeTakeFirst();
	return row?.caseId ?? null;
}

/** Who can be asked on each rung of the network, besides the actor. Outside there is always someone. */
export interface Ladder {
	readonly colleagues: readonly Colleague[];
	readonly secretariat: readonly Colleague[];
	readonly governors: readonly Colleague[];
}

export async function findLadder(tx: Tx, actor: Actor, now: Date): Promise<Ladder> {
	const everyone = await listColleagues(tx, actor, now);
	const having = (role: string): Colleague[] => everyone.filter(({ roles }) => roles.includes(role));
	return {
		// Who decides nothing at a table is not asked to give way for an organisation either.
		colleagues: everyone.filter(({ roles }) => !decidesNothing(roles)),
		...{ secretariat: having('secretariat'), governors: having('governor') }
	};
}

export const peopledRungs = (ladder: Ladder): ReadonlySet<Rung> =>
	new Set(rungs.filter((rung) => rung === 'outside' || ladder[rung].length > 0));

/** What someone is asked: the question, nothing else of the case. */
export interface AskedRung {
	readonly escalationId: string;
	readonly caseId: string;
	readonly rung: Exclude<Rung, 'outside'>;
	readonly wish: Wish;
	readonly organisationId: string | null;
	readonly amountCents: number | null;
	readonly dueAt: Date;
	readonly askedBy: string;
	readonly membershipId: string;
	readonly at: Date;
	readonly answer: Exclude<RungAnswer, 'outside_said'> | null;
	readonly answeredBy: string | null;
	readonly caseClosed: boolean;
	/** Whether the next rung was asked meanwhile. */
	readonly passed: boolean;
	readonly isOpen: boolean;
	/** Whether the actor may read its words. */
	readonly reads: boolean;
}

/** What the actor is asked on a ladder, soonest due first. */
export async function listAskedRungs(
	tx: Tx,
	only: { readonly escalationId?: string; readonly waiting?: boolean } = {}
): Promise<AskedRung[]> {
	const id = only.escalationId ?? null;
	const { rows } = await sql<AskedRung>`
		select * from app.asked_escalations() s
		where (${id}::uuid is null or s.escalation_id = ${id}::uuid) and (not ${only.waiting ?? false} or s.is_open)
		order by s.due_at, s.escalation_id`.execute(tx);
	return rows;
}

/**
 * What I am asked, with its words and who asks. A page sends it to the browser as it is: without the case, by which two questions could be laid side by
 * side, and with the amount as long as I may read the words.
 */
export interface AskedRungPage extends Omit<AskedRung, 'caseId'> {
	readonly words: string | null;
	readonly asker: { readonly displayName: string; readonly organisationName: string };
}

async function describe(tx: Tx, keyring: Keyring, actor: Actor, step: AskedRung): Promise<AskedRungPage> {
	const key = { networkId: actor.networkId, caseId: step.caseId };
	const words = step.reads ? await openNewestWords(tx, keyring, key, step.escalationId, ['escalation']) : null;
	const asker = (await listNames(tx, actor, [step.membershipId])).get(step.membershipId);
	if (!asker) throw new Error('Who asks stands in the network.');
	const { caseId: _, ...shown } = step;
	return { ...shown, amountCents: step.reads ? step.amountCents : null, words: words?.get('escalation') ?? null, asker };
}

/** What I am asked: the words, the amount, until when. Looking leaves a line at the case. */
export async function getMyAskedRung(installation: Installation, actor: Actor, escalationId: string): Promise<Outcome<AskedRungPage>> {
	const now = installation.world.now();
	// The line names the case, which only the question itself can tell.
	const [seen] = await installation.door.actor(actor, now, (tx) => listAskedRungs(tx, { escalationId }));
	const about = { act: 'escalation.read', kind: 'escalation', id: escalationId, ...(seen ? { caseId: seen.caseId } : {}) } as const;
	return readLogged(installation, actor, about, async (tx) => {
		const [step] = await listAskedRungs(tx, { escalationId });
		return step ? describe(tx, installation.keyring, actor, step) : null;
	});
}

/** What waits for me on a ladder, with its words. */
export async function listMyAskedRungs(tx: Tx, keyring: Keyring, actor: Actor): Promise<AskedRungPage[]> {
	const steps: AskedRungPage[] = [];
	for (const step of await listAskedRungs(tx, { waiting: true })) steps.push(await describe(tx, keyring, actor, step));
	return steps;
}

/** What the page of a question on the ladder shows changes when one of these does; null when the actor is not asked. */
export const listAskedRungTopics = async (tx: Tx, _: Actor, escalationId: string): Promise<readonly string[] | null> =>
	(await listAskedRungs(tx, { escalationId })).length > 0 ? [escalationId] : null;

/** A ladder of mine that waits for me: its last rung said no, passed it on, or did not answer in time. */
export interface LadderToGoOn {
	readonly caseId: string;
	readonly pseudonym: string;
	readonly rung: Rung;
	readonly answer: RungAnswer | null;
}

/**
 * The cases that I hold of which the last rung asked gave no help and the next one was not asked, or said yes and was not asked to the table yet. Of
 * the last fortnight, so that it is a question and no reproach.
 */
export async function listMyLadders(tx: Tx, actor: Actor, now: Date): Promise<LadderToGoOn[]> {
	const { rows } = await sql<LadderToGoOn>`
		select r.case_id, r.pseudonym, e.rung, e.answer from case_record r
		join case_seat h on h.network_id = r.network_id and h.case_id = r.case_id and h.person_id = ${actor.personId} and h.holder and h.valid_until is null
		cross join lateral (
			select s.rung, s.due_at, a.answer, a.at as answered_at, a.person_id as answered_by from case_escalation c
			join escalation s on s.network_id = c.network_id and s.escalation_id = c.escalation_id
			left join escalation_answer a on a.network_id = s.network_id and a.escalation_id = s.escalation_id
			where c.network_id = r.network_id and c.case_id = r.case_id
			order by s.at desc, s.escalation_id desc limit 1
		) e
		where r.network_id = ${actor.networkId} and ((e.answer is null and e.due_at <= ${now}) or e.answer in ('no', 'next') or (e.answer in ('will', 'time_out')
				and not exists (select from case_seat o where o.network_id = r.network_id and o.case_id = r.case_id and o.person_id = e.answered_by and o.valid_until is null)
				and not exists (select from seat_invitation i where i.network_id = r.network_id and i.case_id = r.case_id and i.person_id = e.answered_by and i.at >= e.answered_at)))
			and coalesce(e.answered_at, e.due_at) > ${now}::timestamptz - interval '14 days'
			and (select v.kind <> 'closed' from case_event v where v.network_id = r.network_id and v.case_id = r.case_id order by v.at desc, v.event_id desc limit 1)
		order by r.case_id`.execute(tx);
	return rows;
}
