import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findStanding, lockCase } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import type { z } from 'zod';
import { findCaseOfStep, findLadder, listAskedRungs, listSteps, peopledRungs } from './read.server.ts';
import type { Ladder } from './read.server.ts';
import { dueAt, nextRungs, stateOf } from './rules.ts';
import { answerRungSchema, askRungSchema } from './schema.ts';
import { getTerms } from './terms/read.server.ts';

type NewStep = z.output<typeof askRungSchema>;
type Answering = z.output<typeof answerRungSchema>;
interface Chosen {
	readonly personId: string;
	readonly membershipId: string;
}

/** Who is asked on the rung that was named: whom the holder chose, the whole secretariat, the governors of the organisation it hangs on, nobody of the network. */
function chosenOn(ladder: Ladder, input: NewStep): Outcome<readonly Chosen[]> {
	const refused = (path: string, given: boolean): Outcome<never> =>
		refuseFields([{ path: [path], code: given ? 'not_a_choice' : 'required' }]);
	switch (input.rung) {
		case 'colleagues': {
			const chosen = new Set(input.membershipIds);
			const found = ladder.colleagues.filter(({ membershipId }) => chosen.has(membershipId));
			// One person is asked once, also with two jobs.
			const people = [...new Map(found.map((colleague) => [colleague.personId, colleague])).values()];
			return chosen.size > 0 && found.length === chosen.size ? ok(people) : refused('membershipIds', chosen.size > 0);
		}
		case 'secretariat':
			return ok([...new Map(ladder.secretariat.map((colleague) => [colleague.personId, colleague])).values()]);
		case 'governors': {
			const people = ladder.governors.filter(({ organisationId }) => organisationId === input.organisationId);
			return people.length > 0 ? ok(people) : refused('organisationId', input.organisationId !== undefined);
		}
		case 'outside':
			return input.outside === undefined ? refused('outside', false) : ok([]);
	}
}

/** Who holds a case and does not get on asks a rung of the ladder (A12): each rung in its turn, with a term. */
export const askRung = command({
	act: 'escalation.ask',
	schema: askRungSchema,
	async run(deed, input): Promise<Outcome<{ escalationId: string }>> {
		const { caseId, rung, wish } = input;
		deed.about('case', caseId, caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
		if (!standing) return refuse('not_found');
		const lift = { kind: 'person', personId: standing.holder.personId } as const;
		if (!standing.mySeat.holder) return refuse('not_holder', { lift });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift });
		const steps = await listSteps(deed.tx, deed.actor, caseId);
		const last = steps.at(-1);
		if (last && stateOf(last, deed.now) === 'asked') {
			const [asked] = last.asked;
			return refuse('rung_open', asked ? { lift: { kind: 'person', personId: asked.personId } } : {});
		}
		const ladder = await findLadder(deed.tx, deed.actor, deed.now);
		if (!nextRungs(steps, peopledRungs(ladder), deed.now).includes(rung))
			return refuse('not_next_rung', { lift: { kind: 'role', role: 'yourself' } });
		const chosen = chosenOn(ladder, input);
		if (!chosen.ok) return chosen;
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const terms = await getTerms(deed.tx, deed.actor);
		const escalationId = deed.id();
		deed.about('escalation', escalationId, caseId);
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('escalation')
			.values({
				...{ networkId, escalationId, rung, wish, personId, membershipId, at: deed.now, dueAt: dueAt(rung, deed.now, terms) },
				organisationId: rung === 'governors' ? (input.organisationId ?? null) : null,
				outside: rung === 'outside' ? (input.outside ?? null) : null,
				amountCents: input.amount ?? null
			})
			.execute();
		await deed.tx.insertInto('caseEscalation').values({ networkId, caseId, escalationId }).execute();
		for (const asked of chosen.value) {
			const of = { personId: asked.personId, membershipId: asked.membershipId };
			await deed.tx
				.insertInto('escalationAsked')
				.values({ networkId, escalationId, ...of })
				.execute();
			await deed.tell('mail.escalation_asked', { escalationId, personId: asked.personId });
		}
		await deed.write({ caseId, aboutId: escalationId, part: 'escalation', text: input.words });
		return ok({ escalationId });
	}
});

/** Of which case the step is that the actor answers, and whether they may: who was asked, and of the rung outside who holds the case. */
async function mayAnswer(deed: Deed, { escalationId, answer }: Answering): Promise<Outcome<{ caseId: string; holderId: string | null }>> {
	deed.about('escalation', escalationId);
	const [seen] = await listAskedRungs(deed.tx, { escalationId });
	const caseId = seen?.caseId ?? (await findCaseOfStep(deed.tx, deed.actor, escalationId));
	if (caseId === null) return refuse('not_found');
	deed.about('escalation', escalationId, caseId);
	await lockCase(deed.tx, deed.actor, caseId);
	const choice = refuseFields([{ path: ['answer'], code: 'not_a_choice' }]);
	// After the lock it is looked at again: another who was asked may have answered meanwhile.
	const [asked] = await listAskedRungs(deed.tx, { escalationId });
	if (asked) {
		const lift = { kind: 'person', personId: asked.askedBy } as const;
		if (asked.caseClosed) return refuse('wrong_state', { lift });
		if (asked.answer !== null) return refuse('already_answered', { lift: { kind: 'person', personId: asked.askedBy } });
		if (asked.passed) return refuse('ask_over', { lift });
		return answer === 'outside_said' ? choice : ok({ caseId, holderId: asked.askedBy });
	}
	const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
	const steps = await listSteps(deed.tx, deed.actor, caseId);
	const step = steps.find((one) => one.escalationId === escalationId);
	if (!standing || !step) return refuse('not_found');
	if (step.rung !== 'outside')
		return refuse('not_asked', { lift: { kind: 'person', personId: step.asked[0]?.personId ?? standing.holder.personId } });
	const lift = { kind: 'person', personId: standing.holder.personId } as const;
	if (!standing.mySeat.holder) return refuse('not_holder', { lift });
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift });
	if (step.answer !== null) return refuse('already_answered', { lift });
	if (steps.at(-1) !== step) return refuse('ask_over', { lift });
	return answer === 'outside_said' ? ok({ caseId, holderId: null }) : choice;
}

/** What an answer must say: no with why, what was said outside with its words and by what it shows. */
function mustSay({ answer, words = '', proof = '' }: Answering): FieldError[] {
	const fields: FieldError[] = [];
	if ((answer === 'no' || answer === 'outside_said') && words.trim() === '') fields.push({ path: ['words'], code: 'required' });
	if (answer === 'outside_said' && proof.trim() === '') fields.push({ path: ['proof'], code: 'required' });
	if (answer !== 'outside_said' && proof !== '') fields.push({ path: ['proof'], code: 'unknown_field' });
	return fields;
}

/** A rung answers, once for all who were asked: we do this, we give a time-out, no, or ask the next. What was said outside the holder records. */
export const answerRung = command({
	act: 'escalation.answer',
	schema: answerRungSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const may = await mayAnswer(deed, input);
		if (!may.ok) return may;
		const fields = mustSay(input);
		if (fields.length > 0) return refuseFields(fields);
		const doubts = findDoubts({ words: input.words, proof: input.proof });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { caseId, holderId } = may.value;
		const { escalationId, answer, words, proof } = input;
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('escalationAnswer')
			.values({ networkId, escalationId, answer, personId, membershipId, at: deed.now })
			.execute();
		if (words !== undefined && words.trim() !== '')
			await deed.write({ caseId, aboutId: escalationId, part: 'escalation_reply', text: words });
		if (proof !== undefined && proof !== '') await deed.write({ caseId, aboutId: escalationId, part: 'escalation_proof', text: proof });
		if (holderId !== null) await deed.tell('escalation.answered', { escalationId });
		return ok(null);
	}
});
