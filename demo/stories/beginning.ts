/** How the invented network began: every sentence is made up. */

export const start = [
	{
		by: 'marieke@wijkteam.example',
		part: 'went_before',
		text: 'Er was een convenant en een werkgroep. Wat bleef, zijn een paar mensen die elkaar bellen. Daar beginnen we mee.'
	},
	{
		by: 'noor@vuurtoren.example',
		part: 'who',
		text: 'Wie hier elke week mensen ziet vastlopen. Wij missen nog iemand die het zelf heeft meegemaakt, en de zorgverzekeraar.'
	},
	{
		by: 'marieke@wijkteam.example',
		part: 'challenge',
		text: 'In Havenstad Noord lopen mensen vast tussen onze regels. Wij weten het van elkaar niet, en niemand lost het alleen op.'
	},
	{
		by: 'sanne@gemeente.example',
		part: 'ambition',
		text: 'Wie hier vastloopt, krijgt deze week een antwoord van iemand die mag helpen. En de regel die in de weg zat, verandert.'
	},
	{ by: 'anouk@kade.example', part: 'sign_1', text: 'Wij bellen elkaar voordat wij een brief sturen.' },
	{ by: 'joost@wijkteam.example', part: 'sign_2', text: 'Een gezin met een huurschuld wordt niet meer uit huis gezet.' },
	{ by: 'noor@vuurtoren.example', part: 'sign_3', text: 'Wij hebben de pot minder vaak nodig dan vorig jaar.' }
] as const;

/** How they are with each other, said after what each is in it for. */
export const relations = {
	by: 'joost@wijkteam.example',
	text: 'Wij kennen elkaars voordeur en nog niet elkaars regels. Wij zeggen per organisatie wat iemand zelf mag afspreken.'
} as const;

/** What the people of an organisation may not agree by themselves. */
export const rooms = [
	{ by: 'petra@kade.example', sentence: 'Alles, behalve huur kwijtschelden en woningen toewijzen buiten de volgorde.' },
	{ by: 'mo@gemeente.example', sentence: 'Alles, behalve een besluit over een uitkering of een voorziening.' }
] as const;

/** What colleagues of De Kade may promise on its behalf, proposed by its administrator. Above it, Bas is asked. */
export const mandates = [
	{ who: 'anouk@kade.example', caseCents: 50_000, periodCents: 250_000, second: 'bas@kade.example' },
	{ who: 'bas@kade.example', caseCents: 1_000_000, periodCents: 5_000_000 }
] as const;

export const profiles = [
	{
		who: 'anouk@kade.example',
		topics: 'huurschuld, ontruiming, verhuizen, overlast, huurcontract',
		schemes: 'betalingsregeling, laatstekansbeleid, tijdelijk huurcontract',
		languages: ['en'],
		area: 'Noord'
	},
	{
		who: 'ravi@schuldhulp.example',
		topics: 'schulden, beslag, deurwaarder, regeling, krediet, toeslagen',
		schemes: 'saneringskrediet, moratorium, schuldregeling, beslagvrije voet',
		languages: ['en'],
		area: 'heel Havenstad'
	},
	{
		who: 'fatima@gemeente.example',
		topics: 'uitkering, bijzondere bijstand, briefadres, inschrijving, zelfstandigen',
		schemes: 'bijzondere bijstand, voorschot, briefadres, individuele inkomenstoeslag, bijstand voor zelfstandigen',
		languages: ['ar', 'ber'],
		area: 'heel Havenstad'
	},
	{
		who: 'joost@wijkteam.example',
		topics: 'gezin, school, opvoeden, meegaan naar gesprekken, post openen, alleenstaande ouders',
		schemes: 'Jeugdfonds, Stichting Leergeld, kringloop',
		livedExperience: 'Ik groeide op met schulden thuis. Ik weet hoe het is als er elke dag een brief komt.',
		languages: [],
		area: 'Noord'
	},
	{
		who: 'noor@vuurtoren.example',
		topics: 'psychiatrie, verslaving, opname, crisis, alarm thuis, medicijnen',
		schemes: 'wijkpost, begeleid wonen, crisisdienst',
		languages: ['tr'],
		area: 'Noord en Centrum'
	},
	{
		who: 'tom@zeewering.example',
		topics: 'incasso, huurschuld, huurachterstand, borg, woningruil, renovatie',
		schemes: 'betalingsregeling, woningruil, wisselwoning',
		languages: ['de'],
		area: 'Zuid'
	},
	{
		who: 'yara@wijkteam.example',
		topics: 'jongeren, studiefinanciering, kamer zoeken, eerste baan',
		schemes: 'jongerenloket, aanvullende beurs',
		livedExperience: 'Ik sliep als negentienjarige een half jaar bij vrienden op de bank.',
		languages: ['en', 'fr'],
		area: 'Noord'
	}
] as const;

export const teamMembers = [
	'joost@wijkteam.example',
	'anouk@kade.example',
	'fatima@gemeente.example',
	'noor@vuurtoren.example',
	'ravi@schuldhulp.example',
	'tom@zeewering.example',
	'yara@wijkteam.example'
] as const;

/** Days from today on. */
export const dutyWeeks = [
	{ who: 'yara@wijkteam.example', fromDay: 0, untilDay: 6 },
	{ who: 'noor@vuurtoren.example', fromDay: 7, untilDay: 13 },
	{ who: 'joost@wijkteam.example', fromDay: 14, untilDay: 20 }
] as const;

export const contributions = [
	{ by: 'bas@kade.example', cents: 2_000_000 },
	{ by: 'ilse@zeewering.example', cents: 1_500_000 },
	{ by: 'sanne@gemeente.example', cents: 2_500_000 }
] as const;
