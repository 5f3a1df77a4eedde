import type { Story } from './story.ts';

/** Invented: more small amounts, the later ones. Every one of them says nothing of a real person. */
export const laterLightLaneStories: readonly Story[] = [
	{
		opens: {
			by: 'fatima@gemeente.example',
			day: 270,
			stuck: 'Een jonge man kan beginnen als leerling-loodgieter, maar hij heeft geen veiligheidsschoenen en gereedschap.',
			goal: 'Ik wil een vak leren.',
			firstNeed: 'Schoenen en een gereedschapsset, voor maandag.',
			ownOrganisation: 'Wij betalen alleen cursussen, geen spullen. Zo staat het in ons beleid.',
			looming: 'Hij verliest de plek en blijft in de bijstand.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 270,
				what: 'Veiligheidsschoenen en een gereedschapsset',
				cents: 28_750,
				supplier: 'Bouwmarkt Steiger',
				why: 'Het budget voor werk betaalt alleen cursussen.',
				agree: ['joost@wijkteam.example', 'anouk@kade.example', 'ravi@schuldhulp.example'],
				pay: { day: 269, by: 'fatima@gemeente.example', way: 'card', household: ['5216ST', '9', '2004-09-01'] }
			},
			{
				act: 'count',
				day: 268,
				potCents: 28_750,
				horizonYears: 2,
				looming: [{ price: 'bijstand-alleenstaand-jaar', quantity: 1, years: 2, chancePercent: 40 }],
				hours: 6,
				hourCents: 5_000
			},
			{ act: 'cause', day: 268, cause: 'first_month', words: 'Wie gaat werken, moet eerst spullen kopen.' },
			{ act: 'follow_up', day: 80, result: 'reached', happened: false },
			{ act: 'close', day: 79, outcome: 'helped', cause: 'first_month' }
		]
	},
	{
		opens: {
			by: 'anouk@kade.example',
			day: 250,
			stuck: 'Een vrouw is gevlucht voor haar man. In de nieuwe woning is geen slot dat zij vertrouwt.',
			goal: 'Ik wil de deur op slot kunnen doen en slapen.',
			firstNeed: 'Nieuwe sloten, vandaag.',
			ownOrganisation: 'Wij vervangen sloten alleen als ze kapot zijn.',
			looming: 'Zij gaat terug, of naar de opvang.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 250,
				what: 'Drie nieuwe sloten en een deurspion',
				cents: 36_400,
				supplier: 'Slotenmaker Van Dam',
				why: 'Onze regel vergoedt alleen kapotte sloten.',
				agree: ['joost@wijkteam.example', 'noor@vuurtoren.example', 'fatima@gemeente.example'],
				pay: { day: 250, by: 'anouk@kade.example', way: 'card', household: ['5217VW', '101', '1988-12-05'] },
				back: {
					...{ day: 6, of: 'kade', cents: 36_400, dueDay: -24 },
					why: 'Drie sloten en een deurspion. Jullie regel vergoedt alleen kapotte sloten, terwijl zij zich hierdoor veilig voelt in haar woning.'
				}
			},
			{
				act: 'count',
				day: 249,
				potCents: 36_400,
				horizonYears: 1,
				looming: [{ price: 'mo-dag-nachtopvang-jaar', quantity: 0.5, years: 1, chancePercent: 30 }],
				hours: 4,
				hourCents: 5_000
			},
			{ act: 'cause', day: 249, cause: 'locks', words: 'Onze regel kijkt naar het slot en niet naar de mens.' },
			{ act: 'follow_up', day: 60, result: 'reached', happened: false }
		]
	},
	{
		opens: {
			by: 'ravi@schuldhulp.example',
			day: 232,
			stuck: 'Een man kan zijn rijbewijs niet verlengen, omdat hij de keuring niet kan betalen. Zonder rijbewijs is er geen werk.',
			goal: 'Ik wil blijven rijden voor mijn baas.',
			firstNeed: 'De keuring, voor het eind van de maand.',
			ownOrganisation: 'In onze regeling zit geen ruimte voor zoiets.',
			looming: 'Ontslag, en dan de bijstand.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 231,
				what: 'Keuring en verlenging van het rijbewijs',
				cents: 17_900,
				supplier: 'Keuringsarts Havenstad',
				why: 'In de schuldregeling zit geen ruimte.',
				agree: ['joost@wijkteam.example', 'anouk@kade.example', 'noor@vuurtoren.example'],
				pay: { day: 230, by: 'ravi@schuldhulp.example', way: 'card', household: ['5218XY', '4', '1975-02-11'] }
			},
			{
				act: 'count',
				day: 230,
				potCents: 17_900,
				horizonYears: 1,
				looming: [{ price: 'bijstand-alleenstaand-maand', quantity: 5, years: 1, chancePercent: 50 }],
				hours: 2,
				hourCents: 5_000
			},
			{ act: 'cause', day: 230, cause: 'first_month' },
			{ act: 'follow_up', day: 44, result: 'not', happened: true }
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 186,
			stuck: 'Een man kan maandag beginnen als glazenwasser, maar zijn ladder en verzekering moet hij zelf betalen.',
			goal: 'Ik wil weer mijn eigen geld verdienen.',
			firstNeed: 'Een ladder, voor maandag.',
			ownOrganisation: 'Wij laten hem de ladder van onze eigen ploeg lenen, één week.',
			looming: 'De baan gaat naar een ander, en hij blijft in de bijstand.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 185,
				what: 'Een ladder en het eerste kwartaal van de verzekering',
				cents: 31_000,
				supplier: 'Klimmaterialen Noord',
				why: 'De werkgeversregeling vergoedt het pas na drie maanden.',
				agree: ['fatima@gemeente.example', 'ravi@schuldhulp.example', 'anouk@kade.example'],
				pay: { day: 184, by: 'tom@zeewering.example', way: 'card', household: ['5213EF', '27', '1991-05-17'] }
			},
			{
				act: 'count',
				day: 184,
				potCents: 31_000,
				horizonYears: 1,
				looming: [{ price: 'bijstand-alleenstaand-maand', quantity: 6, years: 1, chancePercent: 40 }],
				hours: 3,
				hourCents: 5_000
			},
			{ act: 'cause', day: 184, cause: 'first_month', words: 'Wie gaat werken, moet eerst zelf betalen.' }
		]
	},
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 46,
			stuck: 'Een alleenstaande vader heeft geen fiets, en de nieuwe school van zijn dochter is zes kilometer verder.',
			goal: 'Ik wil haar zelf naar school brengen.',
			firstNeed: 'Twee fietsen.',
			ownOrganisation: 'Ik heb onze fietsenmaker gevraagd; hij heeft er één.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 45,
				what: 'Een tweede fiets en twee sloten',
				cents: 14_500,
				supplier: 'Fietsenmaker Spaak',
				why: 'De fietsregeling van de gemeente is dit jaar op.',
				agree: ['fatima@gemeente.example', 'noor@vuurtoren.example', 'anouk@kade.example'],
				pay: { day: 43, by: 'joost@wijkteam.example', way: 'card', household: ['5211AC', '19', '1986-10-10'] },
				share: {
					...{ day: 10, cents: 14_500, dueDay: -20 },
					why: 'Een fiets en twee sloten. De regeling was op, en dat is van niemand alleen: we delen het zoals afgesproken.'
				}
			},
			{ act: 'cause', day: 43, cause: 'waiting', words: 'De regeling is op voordat het schooljaar begint.' }
		]
	},
	{
		opens: {
			by: 'noor@vuurtoren.example',
			day: 5,
			stuck: 'Een vrouw kan haar medicijnen niet ophalen, omdat het eigen risico nog openstaat.',
			goal: 'Ik wil niet weer opgenomen worden.',
			firstNeed: 'De medicijnen, vandaag.',
			ownOrganisation: 'Ik heb de apotheek gebeld: zij mogen niets meegeven.',
			looming: 'Een opname.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'request',
				day: 1,
				what: 'Het deel van het eigen risico dat de apotheek vraagt',
				cents: 7_500,
				supplier: 'Apotheek De Boei',
				why: 'De betalingsregeling met de verzekeraar loopt pas vanaf volgende maand.',
				agree: ['joost@wijkteam.example', 'ravi@schuldhulp.example']
			}
		]
	}
];
