import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { answerRung, askRung } from '#rooms/agreements/escalation/commands.server.ts';
import { findLadder, peopledRungs } from '#rooms/agreements/escalation/read.server.ts';
import { newestMatter, nextRungs, wishes } from '#rooms/agreements/escalation/rules.ts';
import { getTerms } from '#rooms/agreements/escalation/terms/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The ladder of a case: what was asked of whom, what came of it, and who can be asked now. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const { searchParams } = event.url;
	return await read(installation, actor, async (tx, now) => {
		const ladder = await findLadder(tx, actor, now);
		const peopled = peopledRungs(ladder);
		const next = isUnderWay(table.state) && table.mySeat.holder ? nextRungs(table.ladder, peopled, now) : [];
		const matter = newestMatter(table.ladder);
		const governed = new Map(ladder.governors.map(({ organisationId, organisationName }) => [organisationId, organisationName]));
		return {
			title: say(locale, 'escalation.title'),
			live: `/${event.params.network}/live?casus=${event.params.id}`,
			...{ table, now, peopled, matter, terms: await getTerms(tx, actor) },
			before: table.ladder.slice(0, table.ladder.length - matter.length),
			// The one they came for, else the first: where they were, one rung higher.
			next: next.toSorted((a, b) => Number(b === searchParams.get('trede')) - Number(a === searchParams.get('trede'))),
			wish: wishes.find((wish) => wish === searchParams.get('vraag')) ?? matter.at(-1)?.wish ?? 'help',
			// Colleagues of other organisations first: they can do what we cannot.
			colleagues: ladder.colleagues.toSorted(
				(a, b) => Number(a.organisationId === actor.organisationId) - Number(b.organisationId === actor.organisationId)
			),
			governed: [...governed].map(([value, label]) => ({ value, label })),
			key: installation.world.id()
		};
	});
};

const here = (event: { params: { network: string; id: string } }) => () => `/${event.params.network}/casus/${event.params.id}/verder`;

export const actions: Actions = {
	ask: (event) =>
		act(event, askRung, {
			form: 'ask',
			input: (fields) =>
				present({
					...{ caseId: event.params.id, rung: fields['rung'], wish: fields['wish'], words: fields['words'] ?? '' },
					membershipIds: [...new Set([fields['membershipIds'], fields['second']].flatMap((one) => optional(one) ?? []))],
					...{ organisationId: optional(fields['organisationId']), outside: optional(fields['outside']) },
					...{ amount: optional(fields['amount']), acknowledged: fields['acknowledged'] === 'yes' }
				}),
			to: here(event)
		}),
	answer: (event) =>
		act(event, answerRung, {
			form: 'answer',
			input: (fields) =>
				present({
					...{ escalationId: fields['escalationId'], answer: 'outside_said', acknowledged: fields['acknowledged'] === 'yes' },
					...{ words: optional(fields['words']), proof: optional(fields['proof']) }
				}),
			to: here(event)
		})
};
