import type { ActCode } from '../../src/foundation/command/acts.ts';
import type { Ledger } from './ledger.ts';
import { jobActs, playedActs, stories } from './stories.ts';

/** How often the product did each of its own acts. */
export type ByProduct = ReadonlyMap<string, number>;

/** Acts that a run did not do once, and acts that it did and no story names. */
export function neverDone(ledger: Pick<Ledger, 'counts'>, byProduct: ByProduct): string[] {
	const counts = ledger.counts();
	return [
		...[...playedActs].filter((act) => !counts.has(act)).map((act) => `${act} was never acknowledged`),
		...jobActs.filter((act) => !byProduct.has(act)).map((act) => `${act} was never done by the product`),
		...[...counts.keys()].filter((act) => !playedActs.has(act)).map((act) => `${act} is done, and named in no story`)
	];
}

/** What was done, an act a line: how often it was acknowledged, how often a request of it got no answer, and in which stories. */
export function tableOfActs(ledger: Pick<Ledger, 'counts' | 'cut'>, byProduct: ByProduct): string[] {
	const counts = ledger.counts();
	const line = (act: string, done: number | string, cut: number | string, where: string) =>
		`${act.padEnd(26)}  ${String(done).padStart(5)}  ${String(cut).padStart(3)}  ${where}`;
	const where = (act: ActCode): string =>
		stories
			.filter(({ acts }) => acts.includes(act))
			.map(({ name }) => name)
			.join(', ');
	return [
		line('act', 'done', 'cut', 'story'),
		...[...playedActs].toSorted().map((act) => line(act, counts.get(act) ?? 0, ledger.cut.get(act) ?? 0, where(act))),
		...jobActs.map((act) => line(act, byProduct.get(act) ?? 0, '', 'the product itself'))
	];
}
