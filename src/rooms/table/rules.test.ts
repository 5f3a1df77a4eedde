import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listBoards, listTimeline } from './rules.ts';
import type { Journey } from './rules.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 23, hour));
const seat = (membershipId: string, holder: boolean, from: number, until: number | null = null) => ({
	...{ membershipId, holder, validFrom: at(from), validUntil: until === null ? null : at(until) }
});
const told = (seats: Journey['facts']['seats']) =>
	listTimeline({
		facts: { caseId: 'c', events: [], seats },
		agreements: [],
		questions: [],
		requests: [],
		payments: [],
		valueMap: null,
		followUps: [],
		cause: null
	} as Journey).map(({ kind, ...more }) =>
		`${kind} ${'membershipId' in more ? more.membershipId : ''} ${'stays' in more ? String(more.stays) : ''}`.trim()
	);

test('who came and who left is told, the newest first; of the holder only that they left', () => {
	expect(told([seat('ann', true, 8, 12), seat('bo', false, 9, 11)])).toEqual(['left ann', 'left bo', 'joined bo']);
});

test('a case that passes is told once, and nobody came or went by it', () => {
	const passed = [seat('ann', true, 8, 12), seat('bo', false, 9, 12), seat('bo', true, 12)];
	expect(told([...passed, seat('ann', false, 12)])).toEqual(['handed_over bo true', 'joined bo']);
	expect(told(passed)).toEqual(['handed_over bo false', 'joined bo']);
});

test('who kept a seat after handing over and leaves later is told as leaving', () => {
	expect(told([seat('ann', true, 8, 12), seat('bo', false, 9, 12), seat('bo', true, 12), seat('ann', false, 12, 14)])).toEqual([
		'left ann',
		'handed_over bo true',
		'joined bo'
	]);
});

const empty = { facts: { caseId: 'c', events: [], seats: [] }, agreements: [], questions: [], valueMap: null, followUps: [], cause: null };
const request = (more: Partial<Journey['requests'][number]> = {}): Journey['requests'][number] => ({
	...{ requestId: 'r', membershipId: 'ann', amountCents: 7_500, began: 'light', lane: 'light', more: null, events: [] },
	...more
});
const moneyOf = (journey: Partial<Journey>) =>
	listTimeline({ ...empty, requests: [], payments: [], ...journey }).map((one) => [one.kind, 'lane' in one ? one.lane : '']);

test('money is told from asking to taking back, each once, and by whom it was asked', () => {
	const asked = { kind: 'asked', at: at(8), grantedCents: null };
	expect(
		moneyOf({
			requests: [
				request({ events: [asked, { kind: 'granted', at: at(9), grantedCents: 7_500 }, { kind: 'paid', at: at(10), grantedCents: null }] })
			],
			payments: (['money_paid', 'money_reversed'] as const).map((kind, hour) => ({
				...{ kind, at: at(10 + hour), requestId: 'r', membershipId: 'ann', amountCents: 7_500, way: 'card' as const }
			}))
		})
	).toEqual([
		...[
			['money_reversed', ''],
			['money_paid', ''],
			['money_decided', 'light'],
			['money_asked', 'light']
		]
	]);
	// A colleague asks for more: first it was asked of the team, then of the secretariat.
	expect(
		moneyOf({
			requests: [
				request({
					...{ lane: 'full', more: { membershipId: 'bo', at: at(9) } },
					events: [asked, { ...asked, at: at(10) }, { kind: 'refused', at: at(11), grantedCents: null }]
				})
			]
		})
	).toEqual([
		...[
			['money_decided', 'full'],
			['money_asked', 'full'],
			['money_more', ''],
			['money_asked', 'light']
		]
	]);
});

test('a kind of event that is not known here is not told, and hides nothing else', () => {
	const known = ['asked', 'granted', 'partly', 'refused', 'withdrawn', 'lapsed'];
	fc.assert(
		fc.property(fc.array(fc.oneof(fc.constantFrom(...known), fc.string())), (kinds) => {
			const events = kinds.map((kind, hour) => ({ kind, at: at(hour), grantedCents: null }));
			expect(moneyOf({ requests: [request({ events })] })).toHaveLength(kinds.filter((kind) => known.includes(kind)).length);
		})
	);
});

test('who asks money asks nobody for advice: of its question only the answers are told', () => {
	const question = {
		...{ questionId: 'q', membershipId: 'ann', at: at(8), withdrawnAt: at(10), passed: [] },
		asks: [{ askId: 'k', membershipId: 'bo', round: 1, answer: 'agree' as const, answeredAt: at(9) }]
	};
	const told = (amountCents: number | null) => moneyOf({ questions: [{ ...question, amountCents }] }).map(([kind]) => kind);
	expect(told(7_500)).toEqual(['question_advised']);
	expect(told(null)).toEqual(['question_taken_back', 'question_advised', 'question_asked']);
});

test('the gangplank is laid of agreements, of money and of answers that helped, in order of time; what came to nothing leaves no board', () => {
	const agreement = (agreementId: string, state: string, hour: number) => ({
		agreementId,
		versionId: `v${agreementId}`,
		state,
		at: at(hour)
	});
	const request = (requestId: string, state: string, hour: number, decided: number | null) => ({
		...{ requestId, state, at: at(hour), decision: decided === null ? null : { at: at(decided) } }
	});
	const boards = listBoards({
		agreements: [
			agreement('a', 'kept', 9),
			agreement('b', 'promised', 12),
			agreement('c', 'refused', 13)
		] as unknown as Journey['agreements'],
		requests: [
			request('p', 'paid', 8, 10),
			request('g', 'granted', 10, 14),
			request('n', 'refused', 10, 11),
			request('w', 'asked', 10, null)
		],
		questions: [
			{
				questionId: 'q',
				asks: [
					{ askId: 'h', helpedAt: at(11) },
					{ askId: 'o', helpedAt: null }
				]
			}
		]
	});
	expect(boards).toEqual([
		{ id: 'a', wordsOf: 'va', part: 'agreement', board: 'laid' },
		{ id: 'p', wordsOf: 'p', part: 'request_what', board: 'laid' },
		{ id: 'q', wordsOf: 'h', part: 'answer', board: 'laid' },
		{ id: 'b', wordsOf: 'vb', part: 'agreement', board: 'agreed' },
		{ id: 'g', wordsOf: 'g', part: 'request_what', board: 'agreed' }
	]);
});
