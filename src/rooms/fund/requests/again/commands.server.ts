import { command } from '#foundation/command/command.server.ts';
import type { Deed, WordsPart } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { askSecretariat, askTeam, findForAsker, writeRequest } from '../commands.server.ts';
import { listRequestWords } from '../paper/read.server.ts';
import type { RequestWords } from '../paper/read.server.ts';
import type { Request } from '../read.server.ts';
import { lapsedCents } from '../rules.ts';
import { requestSchema } from '../schema.ts';
import { listFilled } from '../steps/read.server.ts';
import { missingSteps } from '../steps/rules.ts';
import { findAgain } from './read.server.ts';

/**
 * What lapsed is asked again in one tap: as a new request for what went back, with the same words and steps, so that whoever decides looks at it anew.
 * The old one stays as it was. Once.
 */
export const askAgain = command({
	act: 'request.ask_again',
	schema: requestSchema,
	async run(deed, input): Promise<Outcome<{ requestId: string; state: 'asked' | 'preparing' }>> {
		const found = await findForAsker(deed, input.requestId);
		if (!found.ok) return found;
		const { request, caseId } = found.value;
		const amount = lapsedCents(request.events);
		if (request.state !== 'lapsed' || amount === null) return refuse('wrong_state');
		if ((await findAgain(deed.tx, deed.actor, request.requestId)) !== null) return refuse('wrong_state');
		const standing = await findStanding(deed.tx, deed.actor, deed.now, caseId);
		if (!standing) return refuse('not_allowed', { lift: { kind: 'role', role: 'holder' } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		const filled = await listFilled(deed.tx, deed.actor, request.requestId);
		const entries = [...filled.problems, ...filled.schemes].map((entry) => entry.entryId);
		const words = await listRequestWords(deed.tx, deed.keyring, deed.actor, caseId, [request.requestId, ...entries]);
		const said = (part: WordsPart): string => words.get(request.requestId)?.get(part) ?? '';
		// Without its words there is nothing that anybody could decide on.
		if (said('request_what') === '') return refuse('wrong_state');
		const own = { what: said('request_what'), supplier: said('request_supplier'), why: said('request_why') };
		const { networkId } = deed.actor;
		const link = (requestId: string) =>
			deed.tx.insertInto('requestAgain').values({ networkId, requestId, insteadOf: request.requestId, at: deed.now }).execute();
		if (request.lane === 'light' && request.teamId !== null) {
			const asked = await askTeam(deed, { caseId, teamId: request.teamId, amount, ...own, acknowledged: true });
			if (!asked.ok) return asked;
			await link(asked.value.requestId);
			return ok({ requestId: asked.value.requestId, state: 'asked' });
		}
		const requestId = deed.id();
		const { kind, repaidBy, acute } = request;
		await writeRequest(deed, { ...own, caseId, requestId, kind, lane: 'full', amount, teamId: null, repaidBy, acute });
		await link(requestId);
		await copySteps(deed, { request, caseId, requestId, words });
		deed.about('request', requestId, caseId);
		if (missingSteps(await listFilled(deed.tx, deed.actor, requestId), acute).length > 0) return ok({ requestId, state: 'preparing' });
		await askSecretariat(deed, requestId);
		return ok({ requestId, state: 'asked' });
	}
});

/** What was filled in of the old request stands with the new one as well, under entries of its own. */
async function copySteps(
	deed: Deed,
	copy: { readonly request: Request; readonly caseId: string; readonly requestId: string; readonly words: RequestWords }
): Promise<void> {
	const { request, caseId, requestId, words } = copy;
	const { networkId, personId, membershipId } = deed.actor;
	const rows = await deed.tx
		.selectFrom('requestFact')
		.distinctOn(['step', 'entryId'])
		.select(['step', 'entryId', 'facts'])
		.where('networkId', '=', networkId)
		.where('requestId', '=', request.requestId)
		.where('step', '<>', 'reply')
		.orderBy('step')
		.orderBy('entryId')
		.orderBy('at', 'desc')
		.orderBy('factId', 'desc')
		.execute();
	const placeOf = new Map([[request.requestId, requestId]]);
	for (const { step, entryId, facts } of rows) {
		if ((facts as { dropped?: boolean }).dropped === true) continue;
		const place = placeOf.get(entryId) ?? deed.id();
		placeOf.set(entryId, place);
		await deed.tx
			.insertInto('requestFact')
			.values({
				...{ networkId, requestId, factId: deed.id(), step, entryId: place, facts: JSON.stringify(facts) },
				...{ personId, membershipId, at: deed.now }
			})
			.execute();
	}
	const written: readonly string[] = ['request_what', 'request_supplier', 'request_why'];
	for (const [aboutId, place] of placeOf)
		for (const [part, text] of words.get(aboutId) ?? [])
			if (text !== null && !(aboutId === request.requestId && written.includes(part)))
				await deed.write({ caseId, aboutId: place, part: part as WordsPart, text });
}
