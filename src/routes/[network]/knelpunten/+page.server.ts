import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { listCauseOverviews, listIntake } from '#rooms/causes/overview/read.server.ts';
import { lastMonths } from '#rooms/causes/overview/rules.ts';
import { getSignalRule } from '#rooms/causes/signal-rule/read.server.ts';
import { getNetwork, listOrganisationNames } from '#rooms/network/read.server.ts';
import { countSignals, getNetworkFigures } from '#rooms/table/figures/read.server.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** Why the pot was needed: the causes of the network, counts only. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const network = await getNetwork(tx, actor);
		const { cases, causes: kinds } = await getNetworkFigures(tx);
		const without = (kind: 'none' | 'not_known_yet'): number => kinds.find((row) => row.kind === kind)?.cases ?? 0;
		return {
			title: say(locale, 'causes.title', { pot: network.potName }),
			network,
			signals: await countSignals(tx, actor.networkId),
			today: dayAt(now),
			rule: await getSignalRule(tx),
			names: await listOrganisationNames(tx, actor),
			causes: await listCauseOverviews(tx, actor, now),
			use: lastMonths(await listIntake(tx), dayAt(now), 6),
			total: cases.reduce((sum, row) => sum + row.cases, 0),
			named: kinds.reduce((sum, row) => sum + row.cases, 0),
			none: without('none'),
			notKnown: without('not_known_yet')
		};
	});
};
