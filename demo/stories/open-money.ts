import type { Story } from './story.ts';

/** Invented: money that is under way, so that each page about it has something to show. Every one of them says nothing of a real person. */
export const openMoneyStories: readonly Story[] = [
	{
		opens: {
			by: 'yara@wijkteam.example',
			day: 22,
			stuck:
				'Een jongen van negentien kan een kamer krijgen. Hij moet borg en huur ineens betalen, en zijn eerste loon komt over zes weken.',
			goal: 'Ik wil niet meer op de bank slapen.',
			firstNeed: 'De borg, voor vrijdag.',
			ownOrganisation: 'Ik kan met de verhuurder bellen. Geld hebben wij niet.',
			looming: 'De kamer gaat naar een ander en hij slaapt weer op straat.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'large',
				day: 20,
				what: 'De borg van een kamer',
				cents: 78_000,
				supplier: 'Kamers aan de Kade',
				why: 'Bijzondere bijstand voor borg duurt acht weken.',
				resident: 'Hij legt elke maand dertig euro opzij, voor de volgende borg.',
				scheme: { which: 'Bijzondere bijstand', answer: 'Aangevraagd, duurt acht weken.', askedDay: 24 },
				judge: ['lies@zeewering.example', 'gerard@gemeente.example'],
				pay: {
					day: 3,
					by: 'yara@wijkteam.example',
					way: 'transfer',
					household: ['5221DE', '10', '2007-02-11'],
					ticks: ['willem@kade.example']
				}
			},
			{ act: 'cause', day: 19, cause: 'waiting', words: 'Een kamer wacht geen acht weken.' }
		]
	},
	{
		opens: {
			by: 'ravi@schuldhulp.example',
			day: 11,
			stuck: 'De ketel van een gezin met een eigen huis is stuk. In de schuldregeling mag er niets geleend worden, en het vriest.',
			goal: 'Wij willen de kinderen warm houden.',
			firstNeed: 'Een ketel, voor het weekend.',
			ownOrganisation: 'Wij mogen binnen de regeling niets extra’s uitgeven.',
			looming: 'Zij stoken op gas uit flessen, en de regeling klapt.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'large',
				day: 9,
				what: 'Een gereviseerde ketel, met plaatsen',
				cents: 138_000,
				supplier: 'Installatiebedrijf De Boei',
				why: 'Lenen mag niet in de schuldregeling, en sparen kan daarin niet.',
				resident: 'Hij haalt de oude ketel zelf weg.',
				scheme: { which: 'Krediet van de gemeente', answer: 'Kan niet tijdens een schuldregeling.', askedDay: 11 },
				judge: ['gerard@gemeente.example', 'amina@vuurtoren.example']
			},
			{ act: 'cause', day: 8, cause: 'credit', words: 'Wie in een regeling zit, kan niets vervangen.' }
		]
	},
	{
		opens: {
			by: 'fatima@gemeente.example',
			day: 5,
			stuck: 'Een moeder begint maandag met een opleiding tot helpende. De boeken moeten er dan zijn en de vergoeding komt achteraf.',
			goal: 'Ik wil een vak leren.',
			firstNeed: 'De boeken, voor maandag.',
			ownOrganisation: 'Wij vergoeden achteraf. Vooraf mag niet.',
			looming: 'Zij begint zonder boeken en haakt af.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 4,
				what: 'Boeken voor de opleiding',
				cents: 16_450,
				supplier: 'Boekhandel Havenstad',
				why: 'De gemeente vergoedt achteraf, en zij kan het niet voorschieten.',
				agree: ['joost@wijkteam.example', 'noor@vuurtoren.example', 'ravi@schuldhulp.example'],
				pay: {
					day: 1,
					by: 'fatima@gemeente.example',
					way: 'member',
					payee: 'Fatima el Idrissi',
					household: ['5222FG', '5', '1993-09-08'],
					ticks: []
				}
			},
			{ act: 'cause', day: 3, cause: 'first_month', words: 'Wie gaat leren, moet eerst zelf betalen.' }
		]
	},
	{
		opens: {
			by: 'yara@wijkteam.example',
			day: 56,
			stuck:
				'Een vrouw is na een scheiding met twee kinderen in een lege woning getrokken. Voor de inrichting krijgt zij een lening die zij niet kan dragen.',
			goal: 'Ik wil dat mijn kinderen een eigen bed hebben.',
			firstNeed: 'Bedden en een kookplaat.',
			ownOrganisation: 'Ik kan de kringloop bellen, en meegaan.',
			looming: 'Een nieuwe schuld, of terug naar de opvang.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 55,
				text: 'Wie heeft er ervaring met een woning die leeg wordt opgeleverd na een scheiding?',
				to: ['anouk@kade.example', 'fatima@gemeente.example', 'noor@vuurtoren.example'],
				answers: [
					{
						who: 'anouk@kade.example',
						day: 55,
						answer: 'other_way',
						text: 'Wij laten vloer en gordijnen soms liggen. Vraag de opzichter.',
						helped: true
					},
					{
						who: 'fatima@gemeente.example',
						day: 55,
						answer: 'other_way',
						text: 'Kijk eerst naar het fonds voor inrichting. Dat wordt vaak vergeten.'
					},
					{
						who: 'noor@vuurtoren.example',
						day: 55,
						answer: 'other_way',
						text: 'Een maatje dat helpt verven scheelt veel. Wij hebben er een.'
					}
				]
			},
			{
				act: 'ask',
				day: 54,
				text: 'Wie kan er deze week meekijken wat er echt nodig is?',
				to: ['lies@zeewering.example', 'petra@kade.example', 'amina@vuurtoren.example'],
				answers: [
					{ who: 'lies@zeewering.example', day: 54, answer: 'other_way', text: 'Ik kan donderdag een uur.' },
					{ who: 'petra@kade.example', day: 54, answer: 'other_way', text: 'Karin van onderhoud loopt er vrijdag langs.' },
					{ who: 'amina@vuurtoren.example', day: 54, answer: 'other_way', text: 'Bel mij als de kinderen het moeilijk hebben.' }
				]
			},
			{
				act: 'large',
				day: 54,
				what: 'Inrichting van drie kamers',
				cents: 120_000,
				supplier: 'Kringloop De Kade',
				why: 'Bijzondere bijstand geeft dit als lening.',
				resident: 'Zij schildert zelf, met haar broer.',
				scheme: { which: 'Bijzondere bijstand', answer: 'Alleen als lening.', askedDay: 60 },
				judge: ['lies@zeewering.example', 'gerard@gemeente.example'],
				found: {
					verdict: 'partly',
					cents: 60_000,
					reason: 'Bedden en een kookplaat nu. De rest kan later en tweedehands.',
					condition: 'De lening gaat niet door.'
				}
			},
			{ act: 'cause', day: 53, cause: 'waiting' }
		]
	},
	{
		opens: {
			by: 'noor@vuurtoren.example',
			day: 36,
			stuck: 'Een man wil na zijn opname naar een cursus in het buitenland. Zijn verzekering betaalt een cursus hier wel.',
			goal: 'Ik wil iets leren wat niemand hier kan.',
			firstNeed: 'Het lesgeld.',
			ownOrganisation: 'Wij betalen geen opleiding.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'large',
				day: 34,
				what: 'Lesgeld van een cursus van zes weken',
				cents: 190_000,
				supplier: 'Zeevaartschool Oostkust',
				why: 'De verzekering betaalt alleen een cursus in Nederland.',
				resident: 'Hij heeft een deel gespaard.',
				scheme: { which: 'Persoonsgebonden re-integratie', answer: 'Alleen in Nederland.', askedDay: 40 },
				judge: ['gerard@gemeente.example', 'lies@zeewering.example'],
				found: {
					verdict: 'refuse',
					reason: 'Er is een regeling die wel past, en niets dreigt.',
					whoHelps: 'Het werkcentrum: daar is een cursus zonder wachttijd.'
				}
			}
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 19,
			stuck: 'Bij een brand is de voordeur van een oudere vrouw kapotgegaan. De verzekering keert pas uit na onderzoek.',
			goal: 'Ik wil thuis slapen, met de deur op slot.',
			firstNeed: 'Een deur, vandaag.',
			ownOrganisation: 'Wij maken hem dicht met een plaat. Een nieuwe deur komt na het onderzoek.',
			looming: 'Zij durft niet naar huis en moet naar een hotel.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'large',
				day: 18,
				acute: true,
				what: 'Een noodgoede voordeur, met plaatsen',
				cents: 74_500,
				supplier: 'Bouwbedrijf Steiger',
				why: 'De verzekering betaalt later, en de deur moet nu dicht.',
				resident: 'Zij vraagt het geld terug aan haar verzekering.',
				scheme: { which: 'Inboedelverzekering', answer: 'Betaalt na het onderzoek.', askedDay: 18 },
				judge: ['gerard@gemeente.example', 'amina@vuurtoren.example'],
				pay: { day: 17, by: 'tom@zeewering.example', way: 'transfer', household: ['5223HJ', '71', '1941-12-03'] }
			}
		]
	}
];
