import { remindOrganisation } from '#rooms/table/attention/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import type { reminderTold } from './stories/attention.ts';
import type { Event } from './telling.server.ts';

/** A facilitator has an organisation reminded of what is silent there; the product knows whom it concerns. */
export const reminderEvent = ({ installation, actor, organisation }: Cast, { by, day, of, code }: typeof reminderTold): Event => ({
	day,
	async run() {
		done(await remindOrganisation(installation, actor(by), { organisationId: organisation(of), code }));
	}
});
