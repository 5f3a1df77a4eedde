import { addDays } from '#foundation/time/days.ts';
import { acceptYearly, bringYearly, declineYearly, lookBackYearly, recordYearly } from '#rooms/causes/yearly/commands.server.ts';
import { yearlyJobs } from '#rooms/causes/yearly/jobs.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { causes } from './causes.ts';
import type { DemoCause } from './stories/story.ts';
import type { YearlyTold } from './stories/yearly.ts';
import type { Event } from './telling.server.ts';

/** Parties agree for a year, each on its own day. */
export function yearlyEvents(cast: Cast, told: YearlyTold): Event[] {
	const { installation } = cast;
	let [itemId, last] = ['', ''];
	const { declined, lastYear, accepted } = told;
	const year = lastYear ? String(Number(addDays(cast.today, -lastYear.asked).slice(0, 4)) - 1) : cast.today.slice(0, 4);
	return [
		{
			day: told.day,
			async run() {
				const actor = cast.actor(told.by);
				const about = told.cause === undefined ? {} : await findCause(cast, told.cause);
				const organisationIds = told.parties.map((code) => cast.organisation(code));
				const wish = { year, title: told.title, ...about, organisationIds };
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
		...(accepted?.by ?? []).map((by) => ({
			day: accepted?.day ?? 0,
			async run() {
				done(await acceptYearly(installation, cast.actor(by), { itemId, stepId: last }));
			}
		})),
		...(declined ? [declines(cast, declined, () => itemId)] : []),
		...(lastYear ? looksBack(cast, lastYear, () => itemId) : [])
	];
}

const findCause = ({ installation, networkId, clock, actor }: Cast, cause: DemoCause): Promise<{ causeId: string }> =>
	installation.door.actor(actor('sanne@gemeente.example'), clock.now(), (tx) =>
		tx
			.selectFrom('cause')
			.select('causeId')
			.where('networkId', '=', networkId)
			.where('title', '=', causes[cause].title)
			.executeTakeFirstOrThrow()
	);

const declines = (cast: Cast, { day, by }: NonNullable<YearlyTold['declined']>, itemId: () => string): Event => ({
	day,
	async run() {
		done(await declineYearly(cast.installation, cast.actor(by), { itemId: itemId() }));
	}
});

/** How it went in its year, the question of the product when that was over, and what one party answers. */
function looksBack(cast: Cast, { looked, asked, back }: NonNullable<YearlyTold['lastYear']>, itemId: () => string): Event[] {
	const { installation, networkId, clock } = cast;
	return [
		{
			day: looked.day,
			async run() {
				const { by, how, words } = looked;
				done(await recordYearly(installation, cast.actor(by), { itemId: itemId(), kind: 'looked', how, words }));
			}
		},
		{
			day: asked,
			async run() {
				await yearlyJobs['daily.yearly']?.(installation, {
					...{ id: installation.world.id(), kind: 'daily.yearly', networkId, payload: {}, now: clock.now(), tries: 0 },
					sendMail: () => Promise.resolve(),
					ask: () => Promise.resolve()
				});
			}
		},
		{
			day: back.day,
			async run() {
				const { by, how, words } = back;
				done(await lookBackYearly(installation, cast.actor(by), { itemId: itemId(), how, words, goesOn: 'yes' }));
			}
		}
	];
}
