import type { Story } from './story.ts';

/** Invented: a ladder whose second rung did not answer in time, and a time-out that was kept. Days count back from today. */
export const ladderTold = {
	story: {
		opens: {
			by: 'yara@wijkteam.example',
			day: 12,
			stuck:
				'Een moeder van drie kinderen heeft twee maanden huurachterstand door een fout bij haar toeslag. De verhuurder heeft het dossier aan een incassobureau gegeven.',
			goal: 'Ik wil zelf betalen, zodra mijn geld weer binnenkomt.',
			firstNeed: 'Dat de incasso even stopt, zodat de kosten niet oplopen.',
			ownOrganisation: 'Wij helpen haar de toeslag herstellen. Dat duurt zes weken.',
			looming: 'De kosten van de incasso worden hoger dan de achterstand zelf.',
			residentKnows: 'yes'
		},
		steps: []
	} satisfies Story,
	first: {
		day: 9,
		of: 'tom@zeewering.example',
		words: 'Kan de incasso zes weken wachten? Dan is de toeslag hersteld en betaalt zij de achterstand zelf.',
		answer: { day: 8, answer: 'next', words: 'Ik mag de brieven stoppen, maar niet zes weken. Daar moet iemand boven mij over gaan.' }
	},
	second: {
		day: 7,
		words: 'De verhuurder kan de incasso niet zelf zes weken stoppen. Wie kan dat wel? De toeslag komt daarna in één keer.'
	},
	lateOnDay: 1
} as const;

/** Who is outside the network gets three weeks: proposed by one organisation, confirmed by another. */
export const termsTold = {
	proposed: { day: 60, by: 'ilse@zeewering.example', terms: { colleagues: 2, secretariat: 2, governors: 5, outside: 15 } },
	confirmed: { day: 58, by: 'mo@gemeente.example' }
} as const;

export const timeOutTold = {
	story: {
		opens: {
			by: 'yara@wijkteam.example',
			day: 76,
			stuck: 'Een man van veertig moet zijn huis uit omdat hij te laat betaalde. Volgende week begint zijn nieuwe baan.',
			goal: 'Ik wil niet verhuizen in de week dat ik begin met werken.',
			firstNeed: 'Uitstel, tot zijn eerste loon er is.',
			ownOrganisation: 'Wij gaan mee naar zijn eerste werkdag en regelen zijn vaste lasten.',
			looming: 'Hij verliest eerst zijn huis en dan zijn baan.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'invite',
				day: 75,
				who: 'tom@zeewering.example',
				message: 'Kunnen jullie wachten tot zijn eerste loon er is?',
				answer: 'accept'
			}
		]
	} satisfies Story,
	gives: {
		day: 74,
		by: 'tom@zeewering.example',
		what: 'Wij vragen de deurwaarder om de ontruiming niet aan te zeggen',
		meanwhile: 'Hij begint met werken, en Yara kijkt elke week of het lukt',
		dueDay: 44
	},
	kept: { day: 43, words: 'De eerste huur kwam op tijd binnen. De deurwaarder heeft het dossier gesloten.' },
	more: { day: 42, words: 'Je belde hem ook nog zelf op zijn eerste werkdag. Dat vergeet hij niet.' }
} as const;
