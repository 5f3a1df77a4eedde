/** Trust between organisations of the invented network. Days count back from today; the older rounds lie more than a quarter back. */

export const pairsTold = [
	{
		...{ by: 'karin@kade.example', asks: 'joris@steiger.example', day: 110 },
		message: 'We werken al een half jaar samen aan het onderhoud. Zullen we kijken hoe het tussen ons gaat, voordat we meer gaan doen?',
		whole: {
			day: 96,
			scores: [
				[4, 2, 4, 3, 4],
				[4, 4, 4, 3, 3]
			],
			things: [
				{
					what: 'Ik laat elke vrijdag weten welke adressen de week erna leeg staan.',
					dueIn: 40,
					reported: { day: 58, words: 'Acht vrijdagen achter elkaar.' }
				},
				{
					what: 'Ik bel dezelfde ochtend als een monteur uitvalt, ook als er nog geen vervanger is.',
					dueIn: 40,
					reported: { day: 57, words: 'Drie keer gebeurd, drie keer voor negen uur gebeld.' }
				}
			]
		},
		/** This quarter only the builder answered: nothing of it is shown. */
		now: { by: 'joris@steiger.example', scores: [4, 4, 5, 4, 4] }
	},
	{
		...{ by: 'anouk@kade.example', asks: 'ravi@schuldhulp.example', day: 105 },
		message: 'Onze huurders zijn vaak jullie klanten. Ik hoor graag hoe wij het voor jullie doen.',
		whole: {
			day: 95,
			scores: [
				[5, 4, 4, 4, 4],
				[4, 3, 4, 2, 5]
			],
			things: [
				{
					what: 'Ik bel je voordat er een aanmaning naar een huurder gaat die bij jullie bekend is.',
					dueIn: 60,
					reported: { day: 40, words: 'Zes keer gebeld.' }
				},
				{ what: 'Ik geef binnen twee dagen door of een huurder zich heeft gemeld.', dueIn: 130 }
			]
		}
	}
] as const;
