import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { listDecidedQuestions } from '#rooms/fund/requests/votes/read.server.ts';
import { listAnswersToMe, listMyAsks, listMyQuestions, listPastAsks } from '#rooms/knowledge/mine/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The questions that were put to me, and the answers to mine. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const decided = await listDecidedQuestions(tx, actor);
		const asks = await listMyAsks(tx, installation.keyring, actor, decided);
		const answers = await listAnswersToMe(tx, installation.keyring, actor, now);
		const past = await listPastAsks(tx, installation.keyring, actor, decided);
		const mine = await listMyQuestions(tx, installation.keyring, actor);
		const memberships = [...asks, ...answers, ...past].map((entry) => entry.membershipId);
		return { title: say(locale, 'questions.title'), now, asks, answers, mine, past, names: await listNames(tx, actor, memberships) };
	});
};
