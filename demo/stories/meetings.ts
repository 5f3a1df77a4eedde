/** Meetings of the invented network: who sit in them, what is on the agenda, and what was decided. Days count back from today; below zero is to come. */

export const visionTeam = {
	name: 'Visieteam De Kade',
	made: { day: 40, by: 'petra@kade.example' },
	seats: ['bas@kade.example', 'willem@kade.example'],
	meetings: [
		{
			...{ calledDay: 38, onDay: 24, from: '9:30', until: '11:00', place: 'Kantoor De Kade, zaal 2' },
			items: [
				{
					by: 'anouk@kade.example',
					title: 'Een brief pas na een belletje',
					text: 'Bij een huurachterstand gaat nu na veertien dagen een brief. Vaak weet de huurder dan niet wat hij moet doen.',
					joins: ['anouk@kade.example'],
					proposals: [
						{ by: 'anouk@kade.example', text: 'Wij bellen altijd eerst. De brief gaat pas na twee pogingen.' },
						{ by: 'petra@kade.example', text: 'Wij bellen altijd eerst, twee keer. Lukt het niet, dan gaat de brief na een week alsnog.' }
					],
					objection: { by: 'willem@kade.example', reason: 'Zonder einddatum loopt de achterstand op.' },
					consent: ['willem@kade.example', 'anouk@kade.example', 'bas@kade.example'],
					decided: {
						by: 'bas@kade.example',
						reason: 'Bellen kost ons een kwartier en scheelt vaak een hele procedure. De week houdt het overzichtelijk.'
					}
				},
				{
					by: 'willem@kade.example',
					title: 'Bijdrage aan de pot voor volgend jaar',
					text: '',
					joins: [],
					proposals: [],
					consent: [],
					none: { by: 'petra@kade.example', reason: 'Wij willen eerst het jaar van de pot afgesloten zien.' }
				},
				{
					by: 'bas@kade.example',
					title: 'Sleutels van lege woningen',
					text: 'Wie mag een sleutel uitlenen aan een partner die met een gezin komt kijken?',
					joins: ['anouk@kade.example'],
					proposals: [],
					consent: [],
					carried: { by: 'petra@kade.example', reason: 'De tijd was op. Wij willen eerst horen hoe anderen het doen.' }
				},
				{
					by: 'petra@kade.example',
					title: 'Wie neemt op vrijdag de telefoon op?',
					text: 'Op vrijdagmiddag is het bij ons stil, en bij wie belt juist niet.',
					joins: [],
					proposals: [],
					consent: []
				}
			]
		},
		{
			...{ calledDay: 10, onDay: -6, from: '9:30', until: '11:00', place: 'Kantoor De Kade, zaal 2' },
			items: [
				{
					by: 'petra@kade.example',
					title: 'Tijdelijk verhuren na een ontruiming',
					text: 'Mag een gezin blijven op een tijdelijk contract, als de schuldhulp is begonnen?',
					joins: ['anouk@kade.example'],
					proposals: [{ by: 'petra@kade.example', text: 'Ja, voor een half jaar, met elke maand een gesprek.' }],
					objection: { by: 'anouk@kade.example', reason: 'Een half jaar is te kort: een schuldregeling begint vaak pas na acht maanden.' },
					consent: ['bas@kade.example']
				},
				{
					by: 'anouk@kade.example',
					title: 'Wie beslist over uitstel in het weekend?',
					text: 'Op vrijdagmiddag is er niemand die mag tekenen.',
					joins: [],
					proposals: [],
					consent: []
				}
			]
		}
	]
} as const;

export const learningMeeting = {
	name: 'Leerbijeenkomst: wat werkte',
	made: { day: 20, by: 'marieke@wijkteam.example' },
	meeting: { onDay: -12, from: '13:00', until: '15:30', place: 'Buurthuis De Lantaarn' }
} as const;

/** Each holder brings the newest case that they hold and that is under way. */
export const caseTable = {
	name: 'Casustafel Noord',
	made: { day: 15, by: 'marieke@wijkteam.example' },
	meeting: { onDay: -4, from: '9:00', until: '10:30', place: 'Wijkteam Noord' },
	brings: [
		{ by: 'anouk@kade.example', from: '9:00', text: 'Wie van ons kan deze maand een regeling voorstellen?' },
		{ by: 'yara@wijkteam.example', from: '9:30', text: 'Ik zoek iemand die meegaat naar het gesprek.' },
		{ by: 'noor@vuurtoren.example', from: '10:00', text: 'Wat kan er voor de winter nog worden geregeld?' }
	]
} as const;
