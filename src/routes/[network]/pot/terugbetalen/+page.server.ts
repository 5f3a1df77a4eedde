import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { acceptClaim, declineClaim, payClaim, writeOffClaim } from '#rooms/fund/claims/commands.server.ts';
import { readClaims } from '#rooms/fund/claims/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** What organisations are asked to pay back, and what for. Who is asked reads that sentence, and nothing else of the request. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return read(installation, actor, async (tx, now, send) => {
		const claims = await readClaims(installation, { tx, send }, actor, now);
		return {
			title: say(locale, 'claims.title'),
			claims,
			names: await listPeople(
				tx,
				actor,
				claims.map((claim) => claim.personId)
			),
			treasurer: actor.roles.includes('treasurer'),
			...{ me: actor.personId, today: dayAt(now), now, key: installation.world.id() }
		};
	});
};

const back = (params: { network: string }): string => `/${params.network}/pot/terugbetalen`;
const byId = (fields: Record<string, string>) => ({ claimId: fields['claimId'] ?? '' });

export const actions: Actions = {
	accept: (event) => act(event, acceptClaim, { form: 'claim', input: byId, to: () => back(event.params) }),
	decline: (event) => act(event, declineClaim, { form: 'claim', input: byId, to: () => back(event.params) }),
	paid: (event) =>
		act(event, payClaim, {
			form: `paid-${event.url.searchParams.get('id') ?? ''}`,
			input: (fields) => ({ ...byId(fields), amount: fields[`amount-${fields['claimId'] ?? ''}`] ?? '' }),
			to: () => back(event.params)
		}),
	writeOff: (event) => act(event, writeOffClaim, { form: 'claim', input: byId, to: () => back(event.params) })
};
