import type { Story } from './story.ts';

/** Invented: larger amounts, with the secretariat. Every one of them says nothing of a real person. */
export const largerStories: readonly Story[] = [
	{
		opens: {
			by: 'anouk@kade.example',
			day: 300,
			stuck: 'Een gezin met € 2.800 huurschuld na een ziekenhuisopname. De kantonrechter heeft de ontruiming toegestaan.',
			goal: 'Wij willen hier blijven, de kinderen zitten hier op school.',
			firstNeed: 'De deurwaarder moet stoppen.',
			ownOrganisation: 'Wij kunnen de ontruiming drie weken uitstellen.',
			looming: 'Ontruiming. Daarna de opvang, met twee kinderen.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'invite',
				day: 300,
				who: 'ravi@schuldhulp.example',
				message: 'Kun jij meekijken naar een regeling die houdt?',
				answer: 'accept'
			},
			{
				act: 'agree',
				day: 299,
				who: 'ravi@schuldhulp.example',
				what: 'Een regeling maken voor wat overblijft',
				to: 'anouk@kade.example',
				dueDay: 285,
				report: { day: 286, outcome: 'kept', answer: 'confirmed' }
			},
			{
				act: 'large',
				day: 298,
				what: 'De helft van de huurschuld, in één keer aan de verhuurder',
				cents: 140_000,
				supplier: 'Woningstichting De Kade',
				why: 'Een saneringskrediet duurt langer dan de ontruiming.',
				resident: 'Hij meldt zich elke maand met zijn loonstrook.',
				scheme: {
					which: 'Saneringskrediet van de gemeente',
					answer: 'Toegewezen, maar niet voor de datum van de ontruiming.',
					askedDay: 310
				},
				judge: ['gerard@gemeente.example', 'amina@vuurtoren.example'],
				pay: { day: 294, by: 'anouk@kade.example', way: 'transfer', household: ['5219ZA', '33', '1982-07-23'] }
			},
			{
				act: 'count',
				day: 290,
				potCents: 140_000,
				horizonYears: 2,
				looming: [
					{ price: 'huisuitzetting-corporatie', quantity: 1, years: 1, chancePercent: 70 },
					{ price: 'mo-residentieel-jaar', quantity: 4, years: 1, chancePercent: 40 }
				],
				hours: 22,
				hourCents: 5_000,
				deadweightPercent: 20,
				attributionPercent: 25
			},
			{ act: 'cause', day: 290, cause: 'credit', words: 'Het krediet kwam na de deurwaarder.' },
			{ act: 'follow_up', day: 205, result: 'reached', happened: false },
			{ act: 'follow_up', day: 115, result: 'reached', happened: false },
			{ act: 'close', day: 100, outcome: 'helped', cause: 'credit', without: 'Het gezin is verhuisd naar familie en dat gaat goed.' }
		]
	},
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 95,
			stuck: 'Een vrouw met een verstandelijke beperking heeft voor € 1.900 aan abonnementen afgesloten aan de deur.',
			goal: 'Ik wil dat er niemand meer belt.',
			firstNeed: 'De opzegging en één afkoop.',
			ownOrganisation: 'Ik kan met haar bellen. Tekenen mag ik niet.',
			looming: 'Beslag op haar uitkering.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'invite',
				day: 95,
				who: 'ravi@schuldhulp.example',
				message: 'Jij weet wat je kunt laten vernietigen. Kijk je mee?',
				answer: 'accept'
			},
			{
				act: 'agree',
				day: 94,
				who: 'ravi@schuldhulp.example',
				what: 'Twee contracten laten vernietigen',
				to: 'joost@wijkteam.example',
				dueDay: 75,
				report: { day: 76, outcome: 'late', words: 'Eén dag te laat, maar ze zijn vernietigd.', answer: 'confirmed' }
			},
			{
				act: 'large',
				day: 93,
				what: 'Afkoop van het laatste contract',
				cents: 62_000,
				supplier: 'Kuststroom Energie',
				why: 'Bewindvoering is aangevraagd, maar begint pas over twee maanden.',
				resident: 'Zij belt eerst het wijkteam als er iemand aan de deur staat.',
				scheme: { which: 'Bewindvoering', answer: 'Aangevraagd, begint over twee maanden.', askedDay: 100 },
				judge: ['lies@zeewering.example', 'gerard@gemeente.example'],
				pay: { day: 85, by: 'joost@wijkteam.example', way: 'transfer', household: ['5220BC', '2', '1996-04-04'] },
				back: {
					day: 80,
					of: 'gemeente',
					cents: 62_000,
					dueDay: -9,
					why: 'De afkoop van een contract aan de deur. Het bewind begon twee maanden te laat; tot die tijd betaalde de pot.',
					accepted: { day: 78, by: 'mo@gemeente.example' },
					cameIn: { day: 30, cents: 20_000 }
				}
			},
			{ act: 'cause', day: 84, cause: 'none_yet' }
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 12,
			stuck: 'Een oudere man moet uit zijn woning voor een renovatie van acht weken. De wisselwoning ligt te ver van zijn nierdialyse.',
			goal: 'Ik wil dicht bij het ziekenhuis blijven.',
			firstNeed: 'Vervoer, drie keer in de week.',
			ownOrganisation: 'Wij betalen de verhuizing, geen vervoer. Dat moet toch kunnen.',
			looming: 'Hij slaat dialyses over en wordt opgenomen.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'large',
				day: 3,
				what: 'Taxivervoer, drie keer in de week, acht weken',
				cents: 115_000,
				supplier: 'Taxi Havenstad',
				why: 'Het zittend ziekenvervoer vergoedt alleen vanaf het eigen adres.',
				resident: 'Hij belt zelf de taxi en houdt de ritten bij.',
				scheme: { which: 'Zittend ziekenvervoer', answer: 'Alleen vanaf het vaste adres.', askedDay: 8 },
				judge: ['gerard@gemeente.example']
			}
		]
	}
];
