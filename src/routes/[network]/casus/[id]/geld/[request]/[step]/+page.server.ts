import { error } from '@sveltejs/kit';
import { say } from '#foundation/text/say.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import {
	dropEntry,
	recordDurability,
	recordEffects,
	recordGoal,
	recordPrecedents,
	recordProblem,
	recordScheme,
	recordTriangle
} from '#rooms/fund/requests/steps/commands.server.ts';
import { stepNames } from '#rooms/fund/requests/steps/rules.ts';
import type { StepName } from '#rooms/fund/requests/steps/rules.ts';
import { act, actorOf, found, optional, present } from '../../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const isStep = (text: string): text is StepName => (stepNames as readonly string[]).includes(text);

/** One step of a request in the full lane, by itself. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const { step } = event.params;
	if (!isStep(step)) error(404);
	const paper = found(await getRequestPaper(installation, actorOf(event), event.params.request));
	if (paper.atCase?.caseId !== event.params.id || paper.request.lane !== 'full') error(404);
	return { title: say(locale, `step.name.${step}`), step, paper, key: installation.world.id() };
};

type Fields = Record<string, string>;
const scores = (fields: Fields, path: string) =>
	present({ legitimacy: fields[`${path}.legitimacy`], involvement: fields[`${path}.involvement`], return: fields[`${path}.return`] });

export const actions: Actions = {
	save(event) {
		const { network, id, request: requestId, step } = event.params;
		const back = `/${network}/casus/${id}/geld/${requestId}`;
		const common = (fields: Fields) => ({ requestId, acknowledged: fields['acknowledged'] === 'yes' });
		const again = step === 'problem' || step === 'scheme' ? `${back}/${step}` : back;
		const wish = (input: (fields: Fields) => unknown) => ({ form: step, input, to: () => again });
		switch (step) {
			case 'goal':
				return act(
					event,
					recordGoal,
					wish((fields) =>
						present({
							...{ ...common(fields), goal: optional(fields['goal']), noWordsBecause: optional(fields['noWordsBecause']) },
							...{ residentDoes: fields['residentDoes'] ?? '', horizonMonths: fields['horizonMonths'] }
						})
					)
				);
			case 'problem':
				return act(
					event,
					recordProblem,
					wish((fields) => present({ ...common(fields), problem: fields['problem'] ?? '', kind: fields['kind'], place: fields['place'] }))
				);
			case 'scheme':
				return act(
					event,
					recordScheme,
					wish((fields) =>
						present({
							...{ ...common(fields), scheme: fields['scheme'] ?? '', answer: fields['answer'], why: fields['why'] ?? '' },
							...{ askedOn: optional(fields['askedOn']), answeredOn: optional(fields['answeredOn']) }
						})
					)
				);
			case 'triangle':
				return act(
					event,
					recordTriangle,
					wish((fields) => ({
						...{ ...common(fields), present: scores(fields, 'present'), looming: scores(fields, 'looming') },
						...{ proposed: scores(fields, 'proposed'), presentBecause: fields['presentBecause'] ?? '' },
						...{ loomingBecause: fields['loomingBecause'] ?? '', proposedBecause: fields['proposedBecause'] ?? '' }
					}))
				);
			case 'durability':
				return act(
					event,
					recordDurability,
					wish((fields) => present({ ...common(fields), outlook: fields['outlook'], because: fields['because'] ?? '' }))
				);
			case 'effects':
				return act(
					event,
					recordEffects,
					wish((fields) =>
						present({
							...{ ...common(fields), socialAssistance: fields['socialAssistance'], gifts: optional(fields['gifts']) },
							...{ writtenWord: fields['writtenWord'] === 'yes', residentTold: fields['residentTold'] === 'yes' },
							...{ administration: fields['administration'], administratorAgrees: fields['administratorAgrees'] === 'yes' },
							toReport: optional(fields['toReport'])
						})
					)
				);
			case 'precedents':
				return act(
					event,
					recordPrecedents,
					wish((fields) => present({ ...common(fields), because: optional(fields['because']) }))
				);
			default:
				error(404);
		}
	},
	drop: (event) =>
		act(event, dropEntry, {
			form: 'drop',
			input: (fields) => ({ requestId: event.params.request, entryId: fields['entryId'] }),
			to: () => event.url.pathname
		})
};
