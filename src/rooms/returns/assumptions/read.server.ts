import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { CaseWords } from '#rooms/cases/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import type { CaseValueFacts } from '../rules.ts';
import { movedBy, statedIn, triedFacts } from './rules.ts';
import type { AssumptionName, Trial } from './rules.ts';

/** Who stated a number, and when. Why stands with the words of the case, about this id (part `assumption`). */
export interface Assumption {
	readonly assumptionId: string;
	readonly name: AssumptionName;
	readonly value: number | null;
	readonly personId: string;
	readonly membershipId: string;
	readonly at: Date;
}

/** The newest of each assumption of a case at whose table the actor sits. */
export const listAssumptions = async (tx: Tx, actor: Actor, caseId: string): Promise<Assumption[]> =>
	(await tx
		.selectFrom('assumption')
		.distinctOn('name')
		.select(['assumptionId', 'name', 'value', 'personId', 'membershipId', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.orderBy('name')
		.orderBy('at', 'desc')
		.orderBy('assumptionId', 'desc')
		.execute()) as Assumption[];

/** An assumption with who stands for it, by name, and why. */
export interface StatedAssumption {
	readonly name: AssumptionName;
	readonly value: number | null;
	readonly at: Date;
	readonly membershipId: string;
	readonly displayName: string;
	readonly organisationName: string;
	/** Null when nobody said why, or when the words were destroyed. */
	readonly why: string | null;
	/** Someone is trying it: nobody stands for it yet. */
	readonly tried?: true;
}

/** Whose each assumption of a case is. The words are those of the case, already opened. */
export async function listStated(tx: Tx, actor: Actor, caseId: string, words: CaseWords): Promise<StatedAssumption[]> {
	const assumptions = await listAssumptions(tx, actor, caseId);
	const names = await listNames(
		tx,
		actor,
		assumptions.map(({ membershipId }) => membershipId)
	);
	return assumptions.map(({ assumptionId, name, value, at, membershipId }) => ({
		...{ name, value, at, membershipId },
		displayName: names.get(membershipId)?.displayName ?? '',
		organisationName: names.get(membershipId)?.organisationName ?? '',
		why: words.get(assumptionId)?.get('assumption')?.text ?? null
	}));
}

/** The assumptions as a trial has them: what is moved, nobody has stated. */
export function triedOver(
	stated: readonly StatedAssumption[],
	facts: CaseValueFacts | null,
	trial: Trial | null
): readonly StatedAssumption[] {
	if (facts === null || trial === null) return stated;
	const values = statedIn(triedFacts(facts, trial));
	const moved = movedBy(facts, trial);
	return [
		...stated.filter(({ name }) => !moved.includes(name)),
		...moved.map((name) => ({
			...{ name, value: values[name], at: new Date(0), membershipId: '', displayName: '', organisationName: '', why: null },
			tried: true as const
		}))
	];
}
