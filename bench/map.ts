/**
 * How long it takes to lay out who works with whom, for 8, 40 and 200 organisations of which each works with many others. `npm run bench:map`
 * The aim is 200 organisations within 200 ms; it ends with 1 when that is missed.
 */
import { drawTies } from '../src/rooms/network/map/rules.ts';
import type { MapOrganisation, Tie } from '../src/rooms/network/map/rules.ts';

const aim = { organisations: 200, ms: 200 };
const rounds = 50;
/** Each organisation works with so many of those that come after it. */
const steps = [1, 2, 3, 5, 8, 13, 21, 34];

function networkOf(count: number): { organisations: MapOrganisation[]; ties: Tie[] } {
	const organisations = Array.from({ length: count }, (_, index) => ({
		organisationId: `organisation-${String(index).padStart(4, '0')}`,
		name: `Organisatie ${index}`,
		kind: `kind-${index % 7}`
	}));
	const ties = organisations.flatMap(({ organisationId }, index) =>
		steps.flatMap((step): Tie[] => {
			const partner = organisations[index + step];
			return partner ? [{ organisationId, partnerId: partner.organisationId, agreements: 3 + ((index * step) % 40), answers: null }] : [];
		})
	);
	return { organisations, ties };
}

let missed = false;
for (const count of [8, 40, 200]) {
	const { organisations, ties } = networkOf(count);
	const times: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const begun = performance.now();
		drawTies(organisations, ties);
		times.push(performance.now() - begun);
	}
	const first = times[0] ?? 0;
	const sorted = times.toSorted((a, b) => a - b);
	const [median, slowest] = [sorted[Math.floor(rounds / 2)] ?? 0, sorted.at(-1) ?? 0];
	process.stdout.write(
		`${count} organisations, ${ties.length} ties: first ${first.toFixed(1)} ms, median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms\n`
	);
	if (count === aim.organisations && slowest > aim.ms) missed = true;
}
process.exitCode = missed ? 1 : 0;
