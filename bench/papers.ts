/**
 * How long it takes to make papers of 40 pages, a pack for governors and the workbook of the chain, from what is read to a PDF/UA-1 file: the very first with a
 * process that has to start, the others warm.
 * `npm run bench:papers`. The aim is 40 pages within 2 s warm; it ends with 1 when that is missed.
 */
import type { Paper } from '../src/foundation/paper/paper.ts';
import { openPaperMaker } from '../src/foundation/paper/paper.server.ts';
import { structureTexts } from '../src/foundation/paper/testing.server.ts';
import { createFormat } from '../src/foundation/text/format.ts';
import { textFor } from '../src/foundation/text/say.server.ts';
import { addMonths } from '../src/foundation/time/days.ts';
import { courseOf } from '../src/rooms/chain/measures/rules.ts';
import { chainPaper } from '../src/rooms/chain/papers/rules.ts';
import type { ChainPaperState, ChainSummary } from '../src/rooms/chain/papers/rules.ts';
import { packPaper } from '../src/rooms/meetings/papers/pack/rules.ts';
import type { PackState } from '../src/rooms/meetings/papers/pack/rules.ts';

const aim = { pages: 40, ms: 2000 };
const rounds = 20;
const now = new Date('2026-11-25T10:00:00Z');
const month = (index: number): string => addMonths('2021-12-01', index);

/** A network with so many causes of three cases and more, each with a line of five years. */
const stateOf = (causes: number): PackState => ({
	...{
		network: 'Netwerk Meetbaar',
		pot: 'de pot',
		now,
		use: { lately: 40, before: 60 },
		yearly: [],
		stories: { released: 0, newest: [] },
		organisationNames: new Map()
	},
	contributions: Array.from({ length: 40 }, (_, index) => ({
		...{
			contributionId: `c${index}`,
			organisationId: `o${index}`,
			organisationName: `Organisatie ${index}`,
			year: 2026,
			at: now,
			dueOn: null
		},
		...{ amountCents: 1_000_000, state: 'pledged' as const, invoicedCents: 0, receivedCents: 0, openCents: 1_000_000 }
	})),
	causes: Array.from({ length: causes }, (_, index) => ({
		...{
			causeId: `k${index}`,
			kind: 'organisation_rule' as const,
			title: `Knelpunt nummer ${index} met een lange naam`,
			cases: 10 + index,
			cents: 123_456
		},
		...{ responsible: { kind: 'outside', outside: 'uwv' } as const, signal: null, stretches: [], households: 0, helped: [] },
		months: Array.from({ length: 60 }, (_unused, at) => ({ month: month(at), cases: (at * (index + 3)) % 7 }))
	})),
	figures: {
		cases: [{ state: 'closed', outcome: 'helped', cases: 900 }],
		causes: [],
		withoutMoney: { withoutMoney: 300, helped: 900, share: 1 / 3 },
		questions: { asked: 800, answered: 700, medianHours: 5 },
		requests: { asked: 0, granted: 0, medianHoursLight: null, medianHoursFull: null },
		pot: { inPotCents: 1, promisedCents: 1, onCardsCents: 1, pledgedCents: 1, receivedCents: 1, givenCents: 1, recoveredCents: 1 },
		returns: {
			...{ helped: 900, followed: 600, missing: 100, notDue: 200, outcomes: { reached: 400, partly: 100, not: 100 } },
			...{ estimate: { cases: 0, ways: null }, realised: { cases: 0, ways: null }, foreseen: { cases: 0, ways: null } },
			headline: { kind: 'count', needed: 10 }
		},
		parties: { kind: 'none', cases: 0, movedCents: 0, parties: [] },
		...{ named: 900, signals: { open: 100, gone: 20 } }
	}
});

/** A workbook of so many projects, each with a chain that was agreed, five measures with five years of readings, and orders that were looked at. */
const chainOf = (projects: number): ChainPaperState => ({
	...{ network: 'Netwerk Meetbaar', now, lessons: [] },
	projects: Array.from({ length: projects }, (_, index): ChainSummary => ({
		...{ title: `Project nummer ${index}`, state: 'running', beganAt: now, agreements: 12, kept: 9, share: 0.2 },
		parties: [
			{ name: 'Corporatie', part: 'client' },
			{ name: 'Schilder', part: 'contractor' }
		],
		chain: {
			...{ waits: false, demand: 'Wij zoeken iemand die het plan mee maakt.', conflict: 'Binnen een week om tafel.' },
			coordinators: [{ organisation: 'Corporatie', name: 'Anouk Zeeman' }]
		},
		courses: Array.from({ length: 5 }, (_unused, at) => {
			const readings = Array.from({ length: 20 }, (_none, quarter) => ({
				...{ onDay: addMonths('2021-12-01', 3 * quarter), value: 5 + ((quarter * (at + index + 3)) % 40) / 10, membershipId: 'm' }
			}));
			const kpi = { better: 'higher' as const, baseline: 5, steps: [{ aim: 8, dueOn: '2027-12-01', homes: null }] };
			return {
				...{ ...kpi, kpiId: `k${at}`, code: 'own' as const, title: `Maat nummer ${at}`, unit: 'dagen', baselineOn: '2021-10-01', readings },
				...{ course: courseOf(kpi, readings, '2026-11-25'), newest: readings.at(-1) ?? null }
			};
		}),
		orders: Array.from({ length: 20 }, (_unused, at) => ({
			...{
				countId: `c${at}`,
				untilDay: addMonths('2021-12-01', 3 * at),
				orders: 100 + at,
				checked: 20,
				remarks: at % 3,
				membershipId: 'm'
			},
			statuses: []
		})),
		lessons: []
	}))
});

const [t, f] = [textFor('nl'), createFormat('nl')];
/** What is measured: a paper of so much that it has the pages of the aim. Each time it is another one, so that nothing of the last one is found again whole. */
const papers: readonly { readonly name: string; readonly size: number; readonly grows: number; readonly paper: (size: number) => Paper }[] =
	[
		{ name: 'pack for governors', size: 135, grows: 1, paper: (causes) => packPaper(t, f, stateOf(causes)) },
		{ name: 'workbook of the chain', size: 8, grows: 0, paper: (projects) => chainPaper(t, f, chainOf(projects)) }
	];

const maker = openPaperMaker();
const make = async (paper: Paper): Promise<{ ms: number; bytes: Uint8Array }> => {
	const begun = performance.now();
	const made = await maker.make(paper, now);
	if (!made.ok) throw new Error(made.refusal.code);
	return { ms: performance.now() - begun, bytes: made.value };
};
try {
	for (const { name, size, grows, paper } of papers) {
		const first = await make(paper(size));
		const { pages } = await structureTexts(first.bytes);
		const times: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const next = paper(size + grows * (1 + round));
			times.push((await make({ ...next, subtitle: `${next.subtitle} ${round}` })).ms);
		}
		const sorted = times.toSorted((a, b) => a - b);
		const [median, slowest] = [sorted[Math.floor(rounds / 2)] ?? 0, sorted.at(-1) ?? 0];
		process.stdout.write(
			`${name}: ${pages} pages, ${(first.bytes.length / 1024).toFixed(0)} kB: first ${first.ms.toFixed(0)} ms, median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms\n`
		);
		if (pages < aim.pages || slowest > aim.ms) process.exitCode = 1;
	}
} finally {
	await maker.end();
}
