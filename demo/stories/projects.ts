/** Work of organisations together in the invented network. Days count back from today. */

export const projectTold = {
	...{ by: 'karin@kade.example', asks: 'joris@steiger.example', binds: 'petra@kade.example', day: 300 },
	title: 'Onderhoud portieken Noord',
	veraSubject: 'PLN',
	message: 'Zullen we het onderhoud van de portieken samen plannen? Eén afspraak is genoeg om te beginnen.',
	bindsMessage: 'Joris en ik willen er een ketenafspraak van maken. Zeg jij ja voor De Kade?',
	promises: [
		{
			by: 'karin@kade.example',
			what: 'Ik geef elke maand door welke woningen leeg komen.',
			...{ day: 296, dueIn: 36, kept: { day: 262, words: 'Vanaf nu gaat het vanzelf, op de eerste.' } }
		},
		{
			by: 'joris@steiger.example',
			what: 'Eén vaste monteur belt de huurder zelf voor de afspraak.',
			...{ day: 290, dueIn: 60, kept: { day: 228, words: 'Arno doet het, en huurders kennen zijn nummer.' } }
		},
		{
			by: 'joris@steiger.example',
			what: 'Ik stuur foto’s mee van wat wij in de trappenhuizen vinden.',
			...{ day: 130, dueIn: 30, kept: { day: 104, words: 'Ze staan nu bij elke opdracht.' } }
		},
		{
			by: 'joris@steiger.example',
			what: 'Wij plannen de schilders zo dat niemand twee keer thuis hoeft te blijven.',
			...{ day: 70, dueIn: 30, kept: { day: 42, words: 'Schilder en monteur komen op dezelfde ochtend.' } }
		},
		{ by: 'joris@steiger.example', what: 'Ik laat weten wat we vinden bij de steekproef in dit blok.', ...{ day: 9, dueIn: 14 } }
	],
	chain: {
		...{ day: 200, answered: 197, startsIn: 10 },
		demand: 'Een reparatie is in één keer goed, en de huurder weet wanneer wij komen.',
		conflict: 'Wie ziet dat het misgaat, belt dezelfde dag. Komen we er niet uit, dan gaan we samen kijken in de woning.',
		kpis: [
			{
				...{ code: 'time', title: 'Tijd tot de reparatie klaar is', unit: 'dagen', better: 'lower', baseline: '18' },
				steps: [
					{ aim: '12', dueIn: 120 },
					{ aim: '7', dueIn: 480 }
				],
				readings: [
					{ day: 120, value: '15' },
					{ day: 40, value: '11' }
				]
			},
			{
				...{ code: 'tenant_rating', title: 'Oordeel van huurders', unit: 'punten', better: 'higher', baseline: '6,8' },
				steps: [
					{ aim: '7,5', homes: '120' },
					{ aim: '8', dueIn: 540 }
				],
				readings: [{ day: 40, value: '7,4' }]
			},
			{
				...{ code: 'quality', title: 'In één keer goed', unit: '%', better: 'not_worse', baseline: '84' },
				steps: [{ aim: '84', dueIn: 540 }],
				readings: [{ day: 40, value: '88' }]
			}
		]
	},
	orders: [
		{ day: 120, orders: 40, checked: 20, remarks: 1 },
		{ day: 40, orders: 52, checked: 40, remarks: 0 }
	]
} as const;
