import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { answerFollowUp } from '#rooms/returns/follow-up/commands.server.ts';
import { getFollowUpQuestion, listFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import { followUpInput } from '../../../../opvolging/follow-up-form.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How it is now, signed in: the check that is due, and the others. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const question = await getFollowUpQuestion(installation, actor, { caseId: event.params.id });
	return {
		title: say(locale, 'follow_up.title'),
		seen: `/${event.params.network}/casus/${event.params.id}/gezien`,
		pseudonym: table.facts.pseudonym,
		holder: table.mySeat.holder,
		question: question.ok ? question.value : null,
		...(await read(installation, actor, async (tx, now) => ({ now, followUps: await listFollowUps(tx, actor, now, event.params.id) }))),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, answerFollowUp, {
			form: 'follow_up',
			input: followUpInput,
			to: () => `/${event.params.network}/casus/${event.params.id}`
		})
};
