/** What was said at the table where the invented network began, and what its organisations look for in it: every sentence is made up. */

export const saidAtTable = [
	{
		by: 'anouk@kade.example',
		part: 'went_before',
		text: 'In 2023 hadden wij een werkgroep. Die schreef een convenant, en daarna zagen wij elkaar niet meer.'
	},
	{ by: 'ravi@schuldhulp.example', part: 'went_before', text: 'De lijntjes van toen werken nog: ik bel Anouk, en dan lukt het.' },
	{ by: 'noor@vuurtoren.example', part: 'who', text: 'Er zit nog niemand aan tafel die zelf schulden heeft gehad.' },
	{ by: 'sanne@gemeente.example', part: 'ambition', text: 'Een antwoord binnen een week. Niet meer beloven dan dat.' },
	{ by: 'joost@wijkteam.example', part: 'relations', text: 'Ik weet niet wat jullie bij De Kade zelf mogen beslissen.' },
	{ by: 'anouk@kade.example', part: 'relations', text: 'Wij ook niet van de gemeente. Laten we dat per organisatie opschrijven.' }
] as const;

export const interests = [
	{
		by: 'anouk@kade.example',
		gains: 'Minder ontruimingen, en huurders die weer bij ons binnenlopen.',
		brings: 'Woningen, uitstel van een ontruiming, en tijd van onze wijkbeheerders.',
		keeps: 'De huur moet uiteindelijk wel betaald worden.'
	},
	{
		by: 'sanne@gemeente.example',
		gains: 'Minder noodopvang, en regels die ook in het uitzonderlijke geval kloppen.',
		brings: 'Ruimte in onze eigen regels, en iemand die mag beslissen.',
		keeps: 'Gelijke gevallen moeten gelijk blijven.'
	},
	{
		by: 'ravi@schuldhulp.example',
		gains: 'Mensen die komen voordat de schuld te groot is.',
		brings: 'Kennis van regelingen en van schuldeisers.',
		keeps: 'Tijd voor wie al bij ons loopt.'
	},
	{
		by: 'noor@vuurtoren.example',
		gains: 'Dat mensen niet nog een keer hun verhaal hoeven te doen.',
		brings: 'Wij komen al bij mensen thuis.'
	}
] as const;

const kade = ['anouk@kade.example', 'petra@kade.example', 'bas@kade.example'] as const;

/** The scan of five conditions: who filled it in, so many days ago. */
export const scans = [
	{
		day: 300,
		by: [...kade, 'ravi@schuldhulp.example', 'fatima@gemeente.example', 'sanne@gemeente.example', 'noor@vuurtoren.example'],
		...{ closed: true, lift: 0 }
	},
	{
		day: 60,
		by: [
			...kade,
			...['fatima@gemeente.example', 'sanne@gemeente.example', 'mo@gemeente.example'],
			...['ravi@schuldhulp.example', 'noor@vuurtoren.example', 'tom@zeewering.example']
		],
		...{ closed: true, lift: 1 }
	},
	{ day: 1, by: [], closed: false, lift: 0 }
] as const;
