import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { answerClose, proposeClose } from '#rooms/fund/years/commands.server.ts';
import { listYearLines, listYears } from '#rooms/fund/years/read.server.ts';
import { mayClose } from '#rooms/fund/years/rules.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The years of the books: what each closed with, and closing one by two people. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now) => {
		const years = await listYears(tx, actor);
		const states = years.map((one) => ({ year: one.year, closed: one.closedAt !== null }));
		const thisYear = Number(dayAt(now).slice(0, 4));
		const shown = [];
		for (const one of years)
			shown.push({ ...one, mayClose: mayClose(one.year, thisYear, states), lines: await listYearLines(tx, actor, one.year) });
		return {
			title: say(locale, 'years.title'),
			years: shown,
			names: await listPeople(
				tx,
				actor,
				years.flatMap((one) => [one.closedBy, one.proposedBy].flatMap((person) => (person === null ? [] : [person])))
			),
			...{ treasurer: actor.roles.includes('treasurer'), me: actor.personId },
			...{ thisYear, now, key: installation.world.id() }
		};
	});
};

const here = (params: { network: string }): string => `/${params.network}/pot/jaren`;

export const actions: Actions = {
	close: (event) =>
		act(event, proposeClose, { form: 'close', input: (fields) => ({ year: fields['year'] ?? '' }), to: () => here(event.params) }),
	answer: (event) =>
		act(event, answerClose, {
			form: 'answer',
			input: (fields) => ({ closeId: fields['closeId'] ?? '', answer: fields['answer'] ?? '' }),
			to: () => here(event.params)
		})
};
