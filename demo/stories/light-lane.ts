import type { Story } from './story.ts';

/** Invented: small amounts, granted by three colleagues of a team and paid to the supplier. Every one of them says nothing of a real person. */
export const lightLaneStories: readonly Story[] = [
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 395,
			stuck: 'Een vader met drie kinderen heeft een kapotte wasmachine. Bijzondere bijstand duurt acht weken.',
			goal: 'Ik wil dat mijn kinderen schoon naar school gaan.',
			firstNeed: 'Een wasmachine, deze week.',
			ownOrganisation: 'Ik kan de kringloop bellen. Wij mogen zelf niets kopen.',
			looming: 'De kinderen blijven thuis van school.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 394,
				what: 'Een wasmachine, tweedehands en met garantie',
				cents: 22_500,
				supplier: 'Kringloop De Kade',
				why: 'Bijzondere bijstand duurt acht weken.',
				agree: ['fatima@gemeente.example', 'noor@vuurtoren.example', 'ravi@schuldhulp.example'],
				pay: { day: 393, by: 'joost@wijkteam.example', way: 'card', household: ['5211AB', '14', '1984-05-02'] }
			},
			{ act: 'cause', day: 393, cause: 'waiting', words: 'Acht weken wachten is te lang als er kinderen zijn.' },
			{
				act: 'ask',
				day: 300,
				text: 'Wie weet een plek waar een gezin zijn was kan doen als de machine weer stuk gaat?',
				to: ['tom@zeewering.example', 'lies@zeewering.example', 'anouk@kade.example'],
				answers: [
					{
						who: 'tom@zeewering.example',
						day: 300,
						answer: 'other_way',
						text: 'In ons buurthuis staat een machine die bewoners mogen gebruiken.'
					},
					{
						who: 'lies@zeewering.example',
						day: 300,
						answer: 'other_way',
						text: 'Kringloop De Kade geeft een jaar garantie. Vraag daar eerst om.'
					},
					{ who: 'anouk@kade.example', day: 300, answer: 'other_way', text: 'Onze huismeester heeft een sleutel van de wasruimte.' }
				]
			},
			{ act: 'follow_up', day: 205, result: 'reached', happened: false },
			{ act: 'close', day: 204, outcome: 'helped', cause: 'waiting' }
		]
	},
	{
		opens: {
			by: 'anouk@kade.example',
			day: 380,
			stuck: 'Een vrouw kan gaan werken in de zorg, maar het reisgeld voor de eerste maand ontbreekt.',
			goal: 'Ik wil mijn eigen geld verdienen.',
			firstNeed: 'Een maandkaart voor de bus.',
			ownOrganisation: 'Wij hebben hier geen potje voor. Waarom eigenlijk niet?',
			looming: 'De baan gaat naar een ander en de uitkering loopt door.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 379,
				what: 'Maandkaart voor de bus',
				cents: 9_800,
				supplier: 'Stadsvervoer Havenstad',
				why: 'De eerste loonbetaling komt pas na de eerste maand.',
				agree: ['joost@wijkteam.example', 'fatima@gemeente.example', 'noor@vuurtoren.example'],
				pay: { day: 379, by: 'anouk@kade.example', way: 'card', household: ['5213KL', '3', '1991-11-20'] }
			},
			{
				act: 'count',
				day: 378,
				potCents: 9_800,
				horizonYears: 1,
				looming: [{ price: 'bijstand-alleenstaand-maand', quantity: 6, years: 1, chancePercent: 60 }],
				hours: 4,
				hourCents: 5_000
			},
			{ act: 'cause', day: 378, cause: 'first_month', words: 'Wie gaat werken, heeft de eerste maand geen geld.' },
			{ act: 'follow_up', day: 190, result: 'reached', happened: false },
			{ act: 'close', day: 189, outcome: 'helped', cause: 'first_month' }
		]
	},
	{
		opens: {
			by: 'noor@vuurtoren.example',
			day: 366,
			stuck: 'Een man komt uit de kliniek in een lege woning. Er is geen bed.',
			goal: 'Ik wil in een eigen bed slapen.',
			firstNeed: 'Een bed en beddengoed.',
			ownOrganisation: 'Onze afdeling kan een matras lenen tot vrijdag.',
			looming: 'Hij gaat terug naar de kliniek.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 366,
				what: 'Bed, matras en beddengoed',
				cents: 31_900,
				supplier: 'Woonwarenhuis Zeezicht',
				why: 'Inrichtingskosten worden pas na inschrijving betaald, en dat duurt drie weken.',
				agree: ['joost@wijkteam.example', 'anouk@kade.example', 'ravi@schuldhulp.example'],
				pay: { day: 365, by: 'noor@vuurtoren.example', way: 'card', household: ['5212CD', '88', '1969-01-30'] }
			},
			{
				act: 'count',
				day: 364,
				potCents: 31_900,
				horizonYears: 1,
				looming: [{ price: 'ggz-opname-dag', quantity: 20, years: 1, chancePercent: 35 }],
				hours: 3,
				hourCents: 5_000
			},
			{ act: 'cause', day: 364, cause: 'waiting', words: 'De inrichting komt later dan de sleutel.' },
			{ act: 'follow_up', day: 176, result: 'reached', happened: false },
			{ act: 'close', day: 175, outcome: 'helped', cause: 'waiting' }
		]
	},
	{
		opens: {
			by: 'ravi@schuldhulp.example',
			day: 352,
			stuck: 'Een stel zonder stroom. De netbeheerder sluit pas weer aan als de kosten van het aansluiten zijn betaald.',
			goal: 'Wij willen weer kunnen koken.',
			firstNeed: 'Heraansluiten, vandaag.',
			ownOrganisation: 'Wij hebben een betalingsregeling voor de oude rekening. Het aansluiten valt daarbuiten.',
			looming: 'Met de winter erbij: uitval, en misschien de opvang.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 352,
				what: 'Kosten van het aansluiten',
				cents: 24_300,
				supplier: 'Netbeheer Kuststreek',
				why: 'Geen regeling betaalt het aansluiten zelf.',
				agree: ['joost@wijkteam.example', 'anouk@kade.example', 'fatima@gemeente.example'],
				pay: { day: 352, by: 'ravi@schuldhulp.example', way: 'card', household: ['5214MN', '7', '1978-08-14'] }
			},
			{ act: 'cause', day: 351, cause: 'reconnection', words: 'Wie betaalt, krijgt toch geen stroom.' },
			{ act: 'follow_up', day: 165, result: 'partly', happened: false },
			{ act: 'close', day: 164, outcome: 'helped', cause: 'reconnection' }
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 331,
			stuck: 'Een gepensioneerde huurder kan de borg van een kleinere woning niet betalen, omdat de borg van de oude nog vaststaat.',
			goal: 'Ik wil gelijkvloers wonen.',
			firstNeed: 'De borg, twee weken eerder dan wij hem teruggeven.',
			ownOrganisation: 'Wij geven de oude borg pas na de eindcontrole terug. Dat is onze eigen regel.',
			looming: 'Een val op de trap, en dan het ziekenhuis.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 330,
				what: 'Borg voor de nieuwe woning, tot de oude terugkomt',
				cents: 45_000,
				supplier: 'Woningstichting De Kade',
				why: 'De oude borg komt pas na de eindcontrole vrij.',
				agree: ['joost@wijkteam.example', 'noor@vuurtoren.example', 'fatima@gemeente.example'],
				pay: { day: 328, by: 'tom@zeewering.example', way: 'transfer', household: ['5215PR', '21', '1947-03-09'] }
			},
			{
				act: 'count',
				day: 327,
				potCents: 45_000,
				horizonYears: 1,
				looming: [{ price: 'ziekenhuis-verpleegdag', quantity: 9, years: 1, chancePercent: 15 }],
				hours: 5,
				hourCents: 5_000
			},
			{ act: 'cause', day: 327, cause: 'deposit', words: 'Onze borg komt te laat terug.' },
			{ act: 'follow_up', day: 140, result: 'reached', happened: false },
			{ act: 'close', day: 139, outcome: 'helped', cause: 'deposit' }
		]
	},
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 290,
			stuck: 'Een moeder kan haar zoon niet inschrijven voor zwemles zonder bewijs van een uitkering dat nog niet klaar is.',
			goal: 'Mijn zoon mag meedoen.',
			firstNeed: 'Het lesgeld voor drie maanden.',
			ownOrganisation: 'Ik kan de zwemschool om uitstel vragen.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 285,
				text: 'Wie heeft er vaker een bewijs gekregen van een organisatie die niet meer bestaat?',
				to: ['petra@kade.example', 'fatima@gemeente.example', 'noor@vuurtoren.example'],
				answers: [
					{
						who: 'petra@kade.example',
						day: 285,
						answer: 'other_way',
						text: 'Wij bewaren oude huurcontracten. Misschien staat het adres daarop.'
					},
					{
						who: 'fatima@gemeente.example',
						day: 285,
						answer: 'other_way',
						text: 'Een verklaring van school is bij ons ook genoeg.',
						helped: true
					},
					{
						who: 'noor@vuurtoren.example',
						day: 285,
						answer: 'other_way',
						text: 'Vraag het de huisarts. Die heeft het vaak nog in het dossier.'
					}
				]
			},
			{
				act: 'request',
				day: 289,
				what: 'Lesgeld voor drie maanden',
				cents: 12_600,
				supplier: 'Zwemschool De Golf',
				why: 'De minimaregeling vraagt een bewijs dat pas over zes weken komt.',
				agree: ['anouk@kade.example', 'noor@vuurtoren.example', 'ravi@schuldhulp.example'],
				pay: { day: 288, by: 'joost@wijkteam.example', way: 'member', household: ['5211AB', '52', '1990-06-17'] }
			},
			{ act: 'cause', day: 288, cause: 'waiting', words: 'Het bewijs komt later dan de les.' },
			{ act: 'follow_up', day: 100, result: 'reached', happened: false },
			{ act: 'close', day: 99, outcome: 'helped', cause: 'waiting' }
		]
	}
];
