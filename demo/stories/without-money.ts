import type { Story } from './story.ts';

/** Invented: a colleague of another organisation knew another way. Every one of them says nothing of a real person. */
export const withoutMoneyStories: readonly Story[] = [
	{
		opens: {
			by: 'anouk@kade.example',
			day: 340,
			stuck: 'Een man van tachtig raakt de weg kwijt in zijn eigen flat. Een alarm is aangevraagd, maar staat drie maanden in de wacht.',
			goal: 'Ik wil hier blijven tot het echt niet meer gaat.',
			firstNeed: 'Iemand die weet hoe het sneller kan.',
			ownOrganisation: 'Onze huismeester kan elke ochtend even aanbellen.',
			looming: 'Een val, en dan een opname.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 340,
				text: 'Weet iemand een alarm dat er deze week kan zijn, zonder indicatie?',
				to: ['noor@vuurtoren.example', 'fatima@gemeente.example', 'joost@wijkteam.example'],
				answers: [
					{
						who: 'noor@vuurtoren.example',
						day: 340,
						answer: 'other_way',
						text: 'Ja. Onze wijkpost leent alarmen uit, zonder indicatie. Bel de balie.',
						helped: true
					},
					{ who: 'fatima@gemeente.example', day: 339, answer: 'declined' }
				],
				card: {
					title: 'Een leenalarm zonder indicatie',
					how: 'De wijkpost van GGZ De Vuurtoren leent alarmen uit. Bellen naar de balie is genoeg.'
				}
			},
			{ act: 'follow_up', day: 150, result: 'reached', happened: false },
			{ act: 'close', day: 149, outcome: 'helped_without_money', cause: 'waiting' }
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 310,
			stuck: 'Een gezin met een huurschuld van drie maanden. De brieven liggen ongeopend in de gang.',
			goal: 'Wij willen dat het rustig wordt.',
			firstNeed: 'Iemand die naast hen gaat zitten.',
			ownOrganisation: 'Ik kan de incasso vier weken stilzetten. Dat mag ik zelf.',
			looming: 'Een vonnis, en dan ontruiming.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 309,
				text: 'Wie kan deze week een keer meegaan om de post te openen?',
				to: ['ravi@schuldhulp.example', 'joost@wijkteam.example', 'noor@vuurtoren.example'],
				answers: [
					{ who: 'joost@wijkteam.example', day: 309, answer: 'call_me', text: 'Ik ken ze. Bel me, dan gaan we samen.', helped: true }
				]
			},
			{
				act: 'invite',
				day: 308,
				who: 'joost@wijkteam.example',
				message: 'Fijn dat je meegaat. Kom je ook aan tafel?',
				answer: 'accept'
			},
			{
				act: 'agree',
				day: 308,
				who: 'joost@wijkteam.example',
				what: 'Samen de post openen',
				to: 'tom@zeewering.example',
				dueDay: 304,
				report: { day: 305, outcome: 'kept', answer: 'confirmed' }
			},
			{
				act: 'count',
				day: 300,
				potCents: 0,
				horizonYears: 1,
				looming: [{ price: 'huisuitzetting-corporatie', quantity: 1, years: 1, chancePercent: 30 }],
				hours: 9,
				hourCents: 5_000
			},
			{ act: 'cause', day: 300, cause: 'letters', words: 'Wij sturen brieven aan mensen die geen post meer openen.' },
			{ act: 'follow_up', day: 120, result: 'reached', happened: false },
			{ act: 'close', day: 119, outcome: 'helped_without_money', cause: 'letters' }
		]
	},
	{
		opens: {
			by: 'fatima@gemeente.example',
			day: 260,
			stuck: 'Een vrouw krijgt haar toeslag niet, omdat haar ex nog op het adres staat.',
			goal: 'Ik wil de kinderopvang kunnen betalen.',
			firstNeed: 'Dat hij van het adres af gaat.',
			ownOrganisation: 'Ons adresonderzoek duurt zes weken.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 260,
				text: 'Hoe bewijs je dat iemand niet meer op een adres woont, zonder zes weken te wachten?',
				to: ['anouk@kade.example', 'joost@wijkteam.example', 'ravi@schuldhulp.example'],
				answers: [
					{
						who: 'anouk@kade.example',
						day: 260,
						answer: 'other_way',
						text: 'Het huurcontract staat op haar naam alleen. Wij maken daar een verklaring van, dat nemen ze aan.',
						helped: true
					}
				],
				card: {
					title: 'Verklaring van de verhuurder bij een adresonderzoek',
					how: 'De corporatie verklaart wie er volgens het contract woont. De gemeente rondt het onderzoek dan in dagen af.'
				}
			},
			{ act: 'cause', day: 258, cause: 'letters' },
			{ act: 'follow_up', day: 70, result: 'reached', happened: false },
			{ act: 'close', day: 69, outcome: 'helped_without_money', cause: 'data_sharing' }
		]
	},
	{
		opens: {
			by: 'ravi@schuldhulp.example',
			day: 215,
			stuck: 'Een zelfstandige met schulden wordt nergens toegelaten: te veel inkomen voor de een, te weinig voor de ander.',
			goal: 'Ik wil mijn zaak netjes afbouwen.',
			firstNeed: 'Eén loket dat begint.',
			ownOrganisation: 'Wij vragen jaarcijfers die er niet zijn. Dat mag ook anders.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 214,
				text: 'Wie helpt ondernemers met schulden zonder jaarcijfers?',
				to: ['fatima@gemeente.example', 'joost@wijkteam.example', 'noor@vuurtoren.example'],
				answers: [
					{
						who: 'fatima@gemeente.example',
						day: 213,
						answer: 'other_way',
						text: 'Bij ons kan het met bankafschriften van drie maanden.',
						helped: true
					}
				],
				card: {
					title: 'Hulp voor ondernemers met bankafschriften',
					how: 'De gemeente begint met bankafschriften van drie maanden; jaarcijfers mogen later.'
				}
			},
			{ act: 'cause', day: 213, cause: 'paper', words: 'Wij vragen papier dat er niet is.' },
			{ act: 'follow_up', day: 28, result: 'contact_lost', happened: false },
			{ act: 'close', day: 27, outcome: 'referred', cause: 'paper' }
		]
	},
	{
		opens: {
			by: 'joost@wijkteam.example',
			day: 130,
			stuck: 'Een vrouw van negentien slaapt bij vriendinnen. Zonder adres geen studiefinanciering, zonder geld geen kamer.',
			goal: 'Ik wil mijn opleiding afmaken.',
			firstNeed: 'Een adres.',
			ownOrganisation: 'Ik kan haar inschrijven op het adres van ons wijkcentrum, maar onze regel zegt van niet.',
			looming: 'Zij stopt met school.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 130,
				text: 'Hoe krijgt iemand van negentien deze maand een briefadres?',
				to: ['fatima@gemeente.example', 'anouk@kade.example', 'ravi@schuldhulp.example'],
				answers: [
					{
						who: 'fatima@gemeente.example',
						day: 129,
						answer: 'call_me',
						text: 'Dat kan op het stadhuis. Bel me, ik maak de afspraak.',
						helped: true
					}
				],
				card: {
					title: 'Een briefadres voor wie bij vrienden slaapt',
					how: 'Het stadhuis geeft een briefadres met een verklaring van het wijkteam. Bel de klantmanager voor een afspraak.'
				}
			},
			{ act: 'cause', day: 128, cause: 'address', words: 'Zonder adres begint niets.' },
			{
				act: 'close',
				day: 110,
				outcome: 'helped_without_money',
				cause: 'address',
				without: 'Het is geregeld, en deze bewoner weet ons te vinden.'
			}
		]
	},
	{
		opens: {
			by: 'noor@vuurtoren.example',
			day: 105,
			stuck: 'Een man is uitgeschreven omdat hij drie maanden in de kliniek lag. Nu krijgt hij geen huisarts.',
			goal: 'Ik wil gewoon naar de dokter kunnen.',
			firstNeed: 'Weer ingeschreven staan.',
			ownOrganisation: 'Wij melden een opname niet aan de gemeente. Dat kunnen we wel doen.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 105,
				text: 'Hoe krijgen we een inschrijving terug na een opname?',
				to: ['fatima@gemeente.example', 'joost@wijkteam.example', 'tom@zeewering.example'],
				answers: [
					{
						who: 'fatima@gemeente.example',
						day: 104,
						answer: 'other_way',
						text: 'Een verklaring van de kliniek is genoeg. Ik zet hem terug.',
						helped: true
					}
				]
			},
			{ act: 'cause', day: 103, cause: 'address', words: 'Een opname wist iemand uit.' },
			{
				act: 'close',
				day: 90,
				outcome: 'helped_without_money',
				cause: 'address',
				without: 'Het is geregeld, en deze bewoner weet ons te vinden.'
			}
		]
	},
	{
		opens: {
			by: 'tom@zeewering.example',
			day: 75,
			stuck: 'Een huurder woont bij zijn zoon op de bank, omdat zijn eigen flat geen lift heeft. Hij staat nergens ingeschreven.',
			goal: 'Ik wil een eigen voordeur.',
			firstNeed: 'Urgentie, maar daarvoor moet hij ergens wonen.',
			ownOrganisation: 'Wij kunnen ruilen binnen onze eigen woningen, als iemand het mij vraagt.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 75,
				text: 'Wie weet hoe iemand zonder adres urgentie krijgt?',
				to: ['fatima@gemeente.example', 'anouk@kade.example', 'joost@wijkteam.example'],
				answers: [
					{
						who: 'anouk@kade.example',
						day: 74,
						answer: 'other_way',
						text: 'Wij hebben een gelijkvloerse woning vrij. Ruilen kan zonder urgentie.',
						helped: true
					}
				]
			},
			{ act: 'cause', day: 73, cause: 'address' },
			{
				act: 'close',
				day: 50,
				outcome: 'helped_without_money',
				cause: 'address',
				without: 'Het is geregeld, en deze bewoner weet ons te vinden.'
			}
		]
	},
	{
		opens: {
			by: 'anouk@kade.example',
			day: 1,
			stuck:
				'Een huurder krijgt een rekening voor twee woningen, omdat de sleutels van de oude nog niet zijn ingeleverd. Hij ligt in het ziekenhuis.',
			goal: 'Ik wil geen nieuwe schuld.',
			firstNeed: 'Iemand die de sleutels mag halen.',
			ownOrganisation: 'Wij mogen de woning openen met een getuige.',
			residentKnows: 'yes'
		},
		steps: [
			{
				act: 'ask',
				day: 0,
				text: 'Wie mag namens iemand in het ziekenhuis sleutels inleveren?',
				to: ['joost@wijkteam.example', 'noor@vuurtoren.example', 'ravi@schuldhulp.example'],
				answers: []
			}
		]
	}
];
