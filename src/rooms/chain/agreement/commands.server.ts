import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { acceptanceId } from '#rooms/agreements/acceptances/rules.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { findForProject } from '../projects/commands.server.ts';
import { findChain } from './read.server.ts';
import type { ChainVersion } from './read.server.ts';
import { fewestKpis, kpiProved, proveChainAnswer } from './rules.ts';
import type { ChainAnswer } from './rules.ts';
import { answerChainSchema, offerChainSchema } from './schema.ts';

/**
 * Offers an agreement for the whole chain, or another version of it (H1, H3). It is not offered without how a conflict is settled, who coordinates for each organisation
 * at the table, and three measures. Who binds their organisation accepts by offering.
 */
export const offerChain = command({
	act: 'project.offer',
	schema: offerChainSchema,
	async run(deed, input): Promise<Outcome<{ versionId: string }>> {
		const { projectId } = input;
		const found = await findForProject(deed, projectId);
		if (!found.ok) return found;
		const here = new Set((await listOrganisations(deed.tx, deed.actor, deed.now)).map(({ organisationId }) => organisationId));
		const seats = found.value.seats.filter(({ organisationId }) => here.has(organisationId));
		const coordinators = seats.filter(({ membershipId }) => input.coordinators.includes(membershipId));
		const organisations = new Set(seats.map(({ organisationId }) => organisationId));
		const missing = (path: string, code: FieldError['code'], values?: Record<string, number>): FieldError => ({
			...{ path: [path], code },
			...(values ? { values } : {})
		});
		const once = new Set(coordinators.map(({ organisationId }) => organisationId));
		const fields: FieldError[] = [
			...(input.conflict.trim() === '' ? [missing('conflict', 'required')] : []),
			...(organisations.size < 2 || once.size !== organisations.size ? [missing('coordinators', 'required')] : []),
			...(coordinators.length !== input.coordinators.length || once.size !== coordinators.length
				? [missing('coordinators', 'not_a_choice')]
				: []),
			...(input.kpis.length < fewestKpis ? [missing('kpis', 'too_few', { min: fewestKpis })] : [])
		];
		if (fields.length > 0) return refuse('chain_incomplete', { fields, lift: { kind: 'role', role: 'yourself' } });
		const today = dayAt(deed.now);
		const early = input.kpis.flatMap(({ baselineOn }, index): FieldError[] =>
			baselineOn > today ? [{ path: ['kpis', index, 'baselineOn'], code: 'date_in_future' }] : []
		);
		if (early.length > 0) return refuse('invalid', { fields: early });
		const doubts = findDoubts({ demand: input.demand, conflict: input.conflict });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		const versionId = deed.id();
		const before = await findChain(deed.tx, deed.actor, projectId);
		const number = (before.versions.at(-1)?.number ?? 0) + 1;
		const version = { versionId, projectId, number, startsOn: input.startsOn, endsOn: input.endsOn ?? null };
		await deed.tx
			.insertInto('chainVersion')
			.values({ networkId, ...version, personId, membershipId, organisationId, at: deed.now })
			.execute();
		await deed.tx
			.insertInto('chainCoordinator')
			.values(
				coordinators.map((seat) => ({
					...{ networkId, versionId, projectId, organisationId: seat.organisationId },
					...{ personId: seat.personId, membershipId: seat.membershipId }
				}))
			)
			.execute();
		await writeKpis(deed, { projectId, versionId }, input.kpis);
		await deed.write({ caseId: projectId, aboutId: versionId, part: 'demand', text: input.demand });
		await deed.write({ caseId: projectId, aboutId: versionId, part: 'conflict', text: input.conflict });
		if (binds(roles)) {
			const written = (await findChain(deed.tx, deed.actor, projectId)).pending;
			if (!written) throw new Error('A version that was just offered waits.');
			await recordAnswer(deed, projectId, written, 'accepted');
		}
		for (const other of new Set(seats.map((seat) => seat.personId)))
			if (other !== personId) await deed.tell('mail.chain_offered', { projectId, personId: other });
		return ok({ versionId });
	}
});

type NewKpi = ReturnType<typeof offerChainSchema.parse>['kpis'][number];

async function writeKpis(
	deed: Deed,
	of: { readonly projectId: string; readonly versionId: string },
	kpis: readonly NewKpi[]
): Promise<void> {
	const { networkId } = deed.actor;
	const rows = kpis.map((kpi) => ({ kpiId: deed.id(), ...kpi }));
	await deed.tx
		.insertInto('kpi')
		.values(rows.map(({ steps: _, title, unit, ...kpi }) => ({ networkId, ...of, ...kpi, title: title.trim(), unit: unit.trim() })))
		.execute();
	await deed.tx
		.insertInto('kpiStep')
		.values(
			rows.flatMap(({ kpiId, steps }) =>
				steps.map(({ aim, dueOn = null, homes = null }, index) => ({
					...{ networkId, projectId: of.projectId, kpiId, number: index + 1 },
					...{ aim, dueOn, homes }
				}))
			)
		)
		.execute();
}

/** Writes what the actor's organisation said to a version, with its proof; the line of this act in the log names the answer. */
async function recordAnswer(deed: Deed, projectId: string, version: ChainVersion, answer: ChainAnswer): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	const { versionId, number, startsOn, endsOn } = version;
	const wordsHash = await deed.hashWords({ caseId: projectId, aboutId: versionId, parts: ['demand', 'conflict'] });
	const proof = proveChainAnswer({
		...{ networkId, projectId, versionId, number, startsOn, endsOn, versionAt: version.at },
		coordinators: version.coordinators.map((one) => `${one.organisationId}/${one.membershipId}`),
		kpis: version.kpis.map(kpiProved),
		...{ organisationId, answer, personId, membershipId, at: deed.now, wordsHash }
	});
	const answerId = acceptanceId(proof);
	deed.about('chain_answer', answerId, projectId);
	await deed.tx
		.insertInto('chainAnswer')
		.values({
			...{ networkId, versionId, projectId, organisationId, answerId, answer, wordsHash, proof },
			...{ personId, membershipId, at: deed.now }
		})
		.execute();
}

/** Who binds an organisation that a version names accepts or declines it. It starts when the last of them accepted. */
export const answerChain = command({
	act: 'project.answer',
	schema: answerChainSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForProject(deed, input.projectId);
		if (!found.ok) return found;
		const { organisationId, personId, roles } = deed.actor;
		const chain = await findChain(deed.tx, deed.actor, input.projectId);
		const version = chain.versions.find(({ versionId }) => versionId === input.versionId);
		if (!version) return refuse('not_found');
		if (!binds(roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (!version.coordinators.some((one) => one.organisationId === organisationId)) return refuse('not_a_party');
		if (version.answers.some((one) => one.organisationId === organisationId)) return refuse('already_answered');
		if (chain.pending?.versionId !== input.versionId) return refuse('wrong_state');
		await recordAnswer(deed, input.projectId, version, input.answer);
		const { state } =
			(await findChain(deed.tx, deed.actor, input.projectId)).versions.find((one) => one.versionId === input.versionId) ?? version;
		// That it binds everyone from now on, or nobody, concerns all at the table; one yes among more, who offered it.
		const concerned = state === 'offered' ? [version.personId] : found.value.seats.map((seat) => seat.personId);
		const letter = ({ offered: 'mail.chain_answered', agreed: 'mail.chain_agreed', declined: 'mail.chain_declined' } as const)[state];
		for (const other of new Set(concerned))
			if (other !== personId) await deed.tell(letter, { projectId: input.projectId, personId: other });
		return ok(null);
	}
});
