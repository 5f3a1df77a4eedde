import { acceptYearly, bringYearly, recordYearly } from '#rooms/causes/yearly/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { causes } from './causes.ts';
import type { YearlyTold } from './stories/yearly.ts';
import type { Event } from './telling.server.ts';

/** Parties agree for a year, each on its own day. */
export function yearlyEvents(cast: Cast, told: YearlyTold): Event[] {
	const { installation, networkId, clock } = cast;
	let [itemId, last] = ['', ''];
	return [
		{
			day: told.day,
			async run() {
				const actor = cast.actor(told.by);
				const { causeId } = await installation.door.actor(actor, clock.now(), (tx) =>
					tx
						.selectFrom('cause')
						.select('causeId')
						.where('networkId', '=', networkId)
						.where('title', '=', causes[told.cause].title)
						.executeTakeFirstOrThrow()
				);
				const organisationIds = told.parties.map((code) => cast.organisation(code));
				const wish = { year: cast.today.slice(0, 4), title: told.title, causeId, organisationIds };
				({ itemId } = done(await bringYearly(installation, actor, wish)));
			}
		},
		...told.offers.map(({ day, by, words }) => ({
			day,
			async run() {
				const offer = { itemId, kind: 'offer', words };
				last = done(await recordYearly(installation, cast.actor(by), offer)).stepId;
			}
		})),
		...told.accepted.by.map((by) => ({
			day: told.accepted.day,
			async run() {
				done(await acceptYearly(installation, cast.actor(by), { itemId, stepId: last }));
			}
		}))
	];
}
