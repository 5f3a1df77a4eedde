import { addDays } from '#foundation/time/days.ts';
import { agreeChange, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import { causes } from './causes.ts';
import type { SignalStep } from './stories/signals.ts';
import type { Event } from './telling.server.ts';

/** Who goes about a cause takes its signal up, and says what will change. */
export const signalEvent = (cast: Cast, { day, cause, by, act, dueDay, words }: SignalStep): Event => ({
	day,
	async run() {
		const { installation, networkId, clock, today } = cast;
		const actor = cast.actor(by);
		const signal = await installation.door.actor(actor, clock.now(), async (tx) => {
			const { causeId } = await tx
				.selectFrom('cause')
				.select('causeId')
				.where('networkId', '=', networkId)
				.where('title', '=', causes[cause].title)
				.executeTakeFirstOrThrow();
			return (await listSignals(tx, networkId, { causeId }))[0];
		});
		if (!signal) throw new Error(`The cause "${cause}" has no signal ${day} days ago.`);
		const { signalId } = signal;
		const dueOn = addDays(today, -dueDay);
		done(
			await (act === 'take_up'
				? takeUpSignal(installation, actor, { signalId, dueOn })
				: agreeChange(installation, actor, { signalId, dueOn, words }))
		);
	}
});
