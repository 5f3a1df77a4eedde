import type { Text } from '#foundation/text/text.ts';
import { corners, paths } from './rules.ts';
import type { StepName } from './rules.ts';

/** How the fields of a step are called on its page, in the order in which they stand there. */
export function labelsOf(t: Text, step: StepName): Readonly<Record<string, string>> {
	switch (step) {
		case 'goal':
			return {
				...{ goal: t('step.goal'), noWordsBecause: t('step.no_words') },
				...{ residentDoes: t('step.resident_does'), horizonMonths: t('step.horizon') }
			};
		case 'problem':
			return { problem: t('step.problem'), kind: t('step.problem_of'), place: t('step.place') };
		case 'scheme':
			return {
				...{ scheme: t('step.scheme'), answer: t('step.scheme_answer'), askedOn: t('step.scheme_asked') },
				...{ answeredOn: t('step.scheme_answered'), why: t('step.scheme_why') }
			};
		case 'triangle':
			return Object.fromEntries(
				paths.flatMap((path) => [
					...corners.map((corner) => [`${path}.${corner}`, `${t(`path.${path}`)}: ${t(`corner.${corner}`)}`] as const),
					[`${path}Because`, `${t(`path.${path}`)}: ${t('step.because')}`] as const
				])
			);
		case 'durability':
			return { outlook: t('step.outlook'), because: t('step.because') };
		case 'effects':
			return {
				...{ socialAssistance: t('step.assistance'), gifts: t('step.gifts'), toReport: t('step.to_report') },
				administration: t('step.administration')
			};
		case 'precedents':
			return { because: t('step.departs') };
	}
}
