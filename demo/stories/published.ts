import type { Story } from './story.ts';

/** The case that the Bond in 's-Hertogenbosch published itself; the agreements at its table are filled in here. */
export const publishedStory: Story = {
	opens: {
		by: 'anouk@kade.example',
		day: 64,
		stuck:
			'€ 4.000 huurschuld. De ontruiming is aangezegd. (Dit is het voorbeeld dat de Bossche Bond zelf publiceerde. Bron: De Nieuwe Praktijk, denieuwepraktijk.nl, “Ondersteuning kwetsbare bewoners: Bossche Bond”. De mensen en afspraken hieronder zijn verzonnen.)',
		goal: 'Ik wil in mijn huis blijven en naar mijn werk kunnen.',
		firstNeed: 'De ontruiming moet van tafel, zodat er tijd is om de huurschuld te regelen.',
		ownOrganisation: 'Wij kunnen de ontruiming vier weken uitstellen. Onze regel dat eerst alle schuld betaald moet zijn, staat in de weg.',
		looming: 'Ontruiming, en daarna de opvang. Werken lukt vanuit de opvang niet.',
		residentKnows: 'yes'
	},
	steps: [
		{
			act: 'invite',
			day: 63,
			who: 'ravi@schuldhulp.example',
			message: 'Jij kent de weg bij de rechtbank. Kun je meedenken over uitstel?',
			answer: 'accept'
		},
		{ act: 'invite', day: 63, who: 'fatima@gemeente.example', message: 'Het gaat ook om inkomen. Wil je meekijken?', answer: 'accept' },
		{
			act: 'agree',
			day: 62,
			who: 'anouk@kade.example',
			what: 'Ontruiming vier weken uitstellen',
			to: 'ravi@schuldhulp.example',
			dueDay: 60,
			proof: 'Brief van de deurwaarder',
			report: { day: 61, outcome: 'kept', answer: 'confirmed' }
		},
		{
			act: 'agree',
			day: 61,
			who: 'fatima@gemeente.example',
			what: 'Inkomen op orde brengen',
			to: 'anouk@kade.example',
			dueDay: 50,
			report: { day: 52, outcome: 'kept', words: 'Loopt vanaf de eerste van de maand.', answer: 'confirmed' }
		},
		{
			act: 'agree',
			day: 55,
			who: 'ravi@schuldhulp.example',
			what: 'Huurschuld laten betalen uit de pot',
			to: 'anouk@kade.example',
			dueDay: 40,
			report: { day: 41, outcome: 'kept', answer: 'confirmed' }
		},
		{
			act: 'large',
			day: 54,
			what: 'De hele huurschuld, in één keer aan de verhuurder',
			cents: 400_000,
			supplier: 'Woningstichting De Kade',
			why: 'Een saneringskrediet komt na de datum van de ontruiming.',
			resident: 'Vanaf nu elke maand de huur betalen, en aan het werk gaan.',
			scheme: { which: 'Saneringskrediet', answer: 'Duurt langer dan de ontruiming.', askedDay: 60 },
			judge: ['gerard@gemeente.example', 'amina@vuurtoren.example'],
			pay: { day: 42, by: 'anouk@kade.example', way: 'transfer', household: ['5210AA', '12', '1980-01-15'] }
		},
		{ act: 'agree', day: 20, who: 'ravi@schuldhulp.example', what: 'Schuldregeling rond maken', to: 'anouk@kade.example', dueDay: -12 },
		{
			act: 'count',
			day: 40,
			potCents: 400_000,
			horizonYears: 3,
			looming: [
				{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 100 },
				{ price: 'opvang-jaar-bond-voorbeeld', quantity: 1, years: 3, chancePercent: 100 }
			]
		}
	]
};
