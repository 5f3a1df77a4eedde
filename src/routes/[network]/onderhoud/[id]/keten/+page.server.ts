import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { answerChain, offerChain } from '#rooms/chain/agreement/commands.server.ts';
import { awaitsAnswerOf } from '#rooms/chain/agreement/rules.ts';
import { coursesOfVersion } from '#rooms/chain/measures/read.server.ts';
import { typedSteps } from '#rooms/chain/measures/typed/rules.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { act, actorOf, found, optional, present } from '../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The agreement of the whole chain: what holds, what waits, and the form to propose it. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getProject(installation, actor, event.params.id));
	const now = installation.world.now();
	const today = dayAt(now);
	const { current, pending } = table.chain;
	const awaitsMine = table.state !== 'closed' && pending !== null && awaitsAnswerOf(pending, actor.organisationId);
	return {
		title: say(locale, 'chain.title'),
		table,
		current: current && { version: current, courses: coursesOfVersion(current, today) },
		pending: pending && { version: pending, courses: coursesOfVersion(pending, today) },
		awaitsMine,
		mayAnswer: awaitsMine && binds(actor.roles),
		today,
		now,
		key: installation.world.id()
	};
};

type ChainEvent = Parameters<Actions[string]>[0];
const mostMeasures = 5;
const kpiFields = ['code', 'title', 'unit', 'better', 'baseline', 'steps'] as const;

/** The measures that were typed; those of the end that were left empty are none. */
function typedKpis(fields: Readonly<Record<string, string>>): unknown[] {
	const field = (index: number, name: string): string => fields[`kpis.${index}.${name}`] ?? '';
	const filled = Array.from({ length: mostMeasures }, (_, index) => kpiFields.some((name) => field(index, name).trim() !== ''));
	return Array.from({ length: filled.lastIndexOf(true) + 1 }, (_, index) => ({
		...Object.fromEntries(kpiFields.map((name) => [name, field(index, name)])),
		baselineOn: field(index, 'baselineOn'),
		steps: typedSteps(field(index, 'steps'))
	}));
}

const here = (event: ChainEvent) => () => `/${event.params.network}/onderhoud/${event.params.id}/keten`;

export const actions: Actions = {
	offer: (event) =>
		act(event, offerChain, {
			form: 'offer',
			input: (fields) =>
				present({
					...{ projectId: event.params.id, startsOn: fields['startsOn'] ?? '', endsOn: optional(fields['endsOn']) },
					...{ demand: fields['demand'] ?? '', conflict: fields['conflict'] ?? '' },
					coordinators: Object.entries(fields)
						.filter(([name, value]) => name.startsWith('coordinator.') && value !== '')
						.map(([, value]) => value),
					kpis: typedKpis(fields),
					acknowledged: fields['acknowledged'] === 'yes'
				}),
			to: here(event)
		}),
	answer: (event) =>
		act(event, answerChain, {
			form: 'answer',
			input: (fields) => ({ projectId: event.params.id, versionId: fields['versionId'], answer: fields['answer'] }),
			to: here(event)
		})
};
