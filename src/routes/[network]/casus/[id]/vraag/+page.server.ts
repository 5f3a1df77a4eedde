import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { matchCards } from '#rooms/knowledge/cards/read.server.ts';
import { askQuestion } from '#rooms/knowledge/commands.server.ts';
import { askForCase, proposeColleagues } from '#rooms/knowledge/proposals/read.server.ts';
import { turnTo } from '#rooms/knowledge/matching/read.server.ts';
import { listColleagues, listNames } from '#rooms/people/read.server.ts';
import { listTeams } from '#rooms/people/teams/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Who knows what to do: proposed people, each with the reason why, and how it went well before. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	return {
		title: say(locale, 'ask.title'),
		pseudonym: table.facts.pseudonym,
		firstNeed: table.words.get(table.facts.caseId)?.get('first_need')?.text ?? '',
		key: installation.world.id(),
		...(await read(installation, actor, async (tx, now) => {
			const asked = await askForCase(tx, installation.keyring, actor, table.facts.caseId);
			const proposals = await proposeColleagues(tx, installation.keyring, actor, now, table.facts.caseId, asked);
			const colleagues = await listColleagues(tx, actor, now);
			const seated = new Set(table.seats.map((seat) => seat.personId));
			return {
				proposals: proposals.map(({ membershipId, why }) => ({ membershipId, why })),
				names: await listNames(
					tx,
					actor,
					proposals.map((proposal) => proposal.membershipId)
				),
				cards: await matchCards(tx, actor, now, asked),
				turnTo: turnTo(asked).map(({ labels, turnTo: place }) => ({ about: labels[0]?.text ?? '', place })),
				teams: (await listTeams(tx, actor, now)).filter((team) => team.members.some((member) => member.personId !== actor.personId)),
				facilitators: colleagues.filter((colleague) => colleague.roles.includes('facilitator')),
				others: colleagues.filter(
					(colleague) => !seated.has(colleague.personId) && !proposals.some((proposal) => proposal.personId === colleague.personId)
				)
			};
		}))
	};
};

/** Who is ticked: each proposed person is a field of its own, and one more can be chosen. */
const askedOf = (fields: Record<string, string>): string[] => [
	...Object.keys(fields).flatMap((name) => (name.startsWith('ask-') ? [name.slice(4)] : [])),
	...(fields['other'] === undefined || fields['other'] === '' ? [] : [fields['other']])
];

export const actions: Actions = {
	default: (event) =>
		act(event, askQuestion, {
			form: 'ask',
			input: (fields) => ({
				caseId: event.params.id,
				text: fields['text'] ?? '',
				...(fields['to'] === undefined || fields['to'] === 'people' ? { asked: askedOf(fields) } : { teamId: fields['to'] }),
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: ({ questionId }) => `/${event.params.network}/casus/${event.params.id}#${questionId}`
		})
};
