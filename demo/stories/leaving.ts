import type { Story } from './story.ts';

/** Invented: an organisation that was there, paid back what it owed, and left a year ago. */
export const organisationTold = {
	by: 'gea@steven.example',
	confirmedBy: 'ilse@zeewering.example',
	proposedDay: 367,
	leftDay: 366
} as const;

/** Before it left: what the pot paid in its place, and it paid back. */
export const paidBackStory: Story = {
	opens: {
		by: 'noor@vuurtoren.example',
		day: 392,
		stuck: 'Na een opname kan een man niet naar huis: er is geen hulp voor de eerste week.',
		goal: 'Ik wil in mijn eigen bed slapen.',
		firstNeed: 'Een week lang iemand die kookt en boodschappen doet.',
		ownOrganisation: 'Wij behandelen. Koken valt er niet onder.',
		looming: 'Hij blijft een week langer in de kliniek.',
		residentKnows: 'yes'
	},
	steps: [
		{
			act: 'request',
			day: 391,
			what: 'Een week hulp in huis',
			cents: 31_500,
			supplier: 'Thuishulp Havenstad',
			why: 'De hulp begint pas als het formulier terug is.',
			agree: ['fatima@gemeente.example', 'joost@wijkteam.example', 'ravi@schuldhulp.example'],
			pay: { day: 390, by: 'noor@vuurtoren.example', way: 'card', household: ['5214KX', '32', '1959-11-23'] },
			back: {
				...{ day: 388, of: 'steven', cents: 31_500, dueDay: 370 },
				why: 'De week hulp na een opname. Die hoort bij jullie, maar jullie formulier kwam te laat terug.',
				accepted: { day: 386, by: 'gea@steven.example' },
				cameIn: { day: 372, cents: 31_500 }
			}
		},
		{ act: 'cause', day: 389, cause: 'first_week', words: 'De eerste week na een opname valt tussen twee formulieren.' },
		{ act: 'close', day: 370, outcome: 'helped', cause: 'first_week' },
		{ act: 'follow_up', day: 200, result: 'reached', happened: false }
	]
};
