import type { Story } from './story.ts';

/** Invented: what someone may not promise alone, and money that was not used in time. Every one of them says nothing of a real person. */
export const aboveStories: readonly Story[] = [
	{
		opens: {
			by: 'anouk@kade.example',
			day: 64,
			stuck:
				'Een man van zestig komt na een jaar uit een kliniek terug in een lege woning. Er ligt geen vloer en er is geen bed, en alleen wonen is nieuw voor hem.',
			goal: 'Ik wil een huis waar ik iemand koffie kan geven.',
			firstNeed: 'Een vloer en een bed, voor hij thuiskomt.',
			ownOrganisation: 'Wij leveren een woning kaal op. Bij hem kan dat niet.',
			looming: 'Hij blijft een half jaar langer in de kliniek.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'invite',
				day: 64,
				who: 'noor@vuurtoren.example',
				message: 'Jij kent hem uit de kliniek. Wat heeft hij nodig om het thuis vol te houden?',
				answer: 'accept'
			},
			{
				act: 'promise',
				day: 62,
				who: 'anouk@kade.example',
				what: 'De vloer leggen en de muren sauzen voordat hij thuiskomt',
				to: 'noor@vuurtoren.example',
				cents: 185_000,
				dueDay: 40,
				decider: 'bas@kade.example',
				yes: 61
			},
			{ act: 'cause', day: 60, cause: 'waiting', words: 'De inrichting komt als hij er al drie weken woont.' },
			{
				act: 'promise',
				day: 1,
				who: 'anouk@kade.example',
				what: 'Een jaar lang een huisbewaarder die elke week langskomt',
				to: 'noor@vuurtoren.example',
				cents: 240_000,
				dueDay: -14,
				decider: 'bas@kade.example'
			}
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 66,
			stuck:
				'Een vrouw van vijftig krijgt na een brand een andere woning. Haar bed en haar fornuis zijn weg, en de verzekering wacht op een rapport.',
			goal: 'Ik wil in mijn eigen bed slapen.',
			firstNeed: 'Een bed, deze week.',
			ownOrganisation: 'Wij geven haar een wisselwoning. Spullen geven wij niet.',
			looming: 'Zij blijft bij haar zus op de bank en raakt haar werk kwijt.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 63,
				what: 'Een bed en beddengoed',
				cents: 31_000,
				supplier: 'Kringloop De Haven',
				why: 'De verzekering betaalt pas als het rapport er is.',
				agree: ['joost@wijkteam.example', 'fatima@gemeente.example', 'ravi@schuldhulp.example'],
				lapses: 2
			}
		]
	},
	{
		opens: {
			by: 'yara@wijkteam.example',
			day: 4,
			stuck:
				'Een moeder van drie kinderen kan maandag beginnen als taxichauffeur. Haar rijbewijs is verlopen en de keuring kost meer dan zij heeft.',
			goal: 'Ik wil mijn eigen geld verdienen.',
			firstNeed: 'De keuring en het examen, deze maand.',
			ownOrganisation: 'Wij passen op de kinderen tijdens het examen.',
			looming: 'De baan gaat naar een ander.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'large',
				day: 0,
				what: 'De medische keuring, het examen en het nieuwe rijbewijs',
				cents: 86_000,
				supplier: 'Rijschool De Haven',
				why: 'Het werkbudget van de gemeente is dit jaar op.',
				resident: 'Zij leert elke avond voor het examen.',
				scheme: { which: 'Werkbudget van de gemeente', answer: 'Op tot januari.', askedDay: 3 },
				judge: []
			}
		]
	}
];
