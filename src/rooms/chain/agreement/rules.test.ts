import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { awaitsAnswerOf, chainAnswers, chainState, proveChainAnswer } from './rules.ts';

const organisation = fc.constantFrom('a', 'b', 'c', 'd');
const version = fc
	.record({
		named: fc.uniqueArray(organisation, { minLength: 2 }),
		said: fc.uniqueArray(fc.record({ organisationId: organisation, answer: fc.constantFrom(...chainAnswers) }), {
			selector: ({ organisationId }) => organisationId
		})
	})
	.map(({ named, said }) => {
		const answers = said.filter(({ organisationId }) => named.includes(organisationId));
		return { coordinators: named.map((organisationId) => ({ organisationId })), answers, state: chainState(named, answers) };
	});

describe('a version of the agreement of a chain', () => {
	test('is agreed exactly when each organisation that it names accepted, and off with one no', () =>
		fc.assert(
			fc.property(version, ({ coordinators, answers, state }) => {
				const accepted = answers.filter(({ answer }) => answer === 'accepted').length;
				expect(state === 'declined').toBe(accepted < answers.length);
				expect(state === 'agreed').toBe(accepted === coordinators.length);
			})
		));

	test('waits for who it names and who did not answer, while nobody declined; never for who came to the table later', () =>
		fc.assert(
			fc.property(version, organisation, (one, organisationId) => {
				const isNamed = one.coordinators.some((coordinator) => coordinator.organisationId === organisationId);
				const hasAnswered = one.answers.some((answer) => answer.organisationId === organisationId);
				expect(awaitsAnswerOf(one, organisationId)).toBe(one.state === 'offered' && isNamed && !hasAnswered);
				if (one.state === 'offered')
					expect(one.coordinators.some((coordinator) => awaitsAnswerOf(one, coordinator.organisationId))).toBe(true);
			})
		));
});

test('whatever is altered alters the proof; the order of measures and coordinators does not', () => {
	const facts = {
		...{ networkId: 'n', projectId: 'p', versionId: 'v', number: 1, startsOn: '2026-12-01', endsOn: null, versionAt: new Date(1) },
		...{ coordinators: ['a/1', 'b/2'], kpis: ['x', 'y', 'z'], organisationId: 'a', answer: 'accepted', personId: 'q', membershipId: '1' },
		...{ at: new Date(2), wordsHash: new Uint8Array([1, 2]) }
	};
	const proof = proveChainAnswer(facts).toString('hex');
	expect(proveChainAnswer({ ...facts, coordinators: ['b/2', 'a/1'], kpis: ['z', 'x', 'y'] }).toString('hex')).toBe(proof);
	const altered: Partial<typeof facts>[] = [
		...[{ number: 2 }, { startsOn: '2026-12-02' }, { coordinators: ['a/1', 'b/3'] }, { kpis: ['x', 'y'] }, { answer: 'declined' }],
		...[{ organisationId: 'b' }, { personId: 'r' }, { at: new Date(3) }, { wordsHash: new Uint8Array([1, 3]) }]
	];
	for (const change of altered) expect(proveChainAnswer({ ...facts, ...change }).toString('hex')).not.toBe(proof);
});
