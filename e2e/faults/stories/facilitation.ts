import type { Story } from '../story.ts';

/** The facilitator has an organisation reminded of what is silent or late there, as long as there is any of which it was not done. */
const aReminder: Story = {
	name: 'a reminder of the facilitator',
	acts: ['facilitation.remind'],
	async play({ office, reminds }) {
		const reminder = reminds();
		if (reminder !== null) await office.facilitator.does('facilitation.remind', '/facilitation/reminders', { ...reminder });
	}
};

export const facilitationStories: readonly Story[] = [aReminder];
