/** Lessons of the invented network, first learned in maintenance. Days count back from today. */
export const lessonsTold = [
	{
		...{ by: 'karin@kade.example', day: 70, form: 'fixed_contact' },
		title: 'Een vaste monteur voor elke straat',
		did: 'Elke straat kreeg één monteur van Steiger. Bewoners hebben zijn naam en zijn nummer, en hij loopt elke dinsdag langs.',
		changed: 'Bewoners bellen eerder en over kleinere dingen. De monteur zag drie keer dat er meer aan de hand was dan een kraan.',
		shows: 'Het aantal spoedmeldingen: van elf naar vier in een kwartaal.'
	},
	{
		...{ by: 'joris@steiger.example', day: 50, form: 'sample_check' },
		title: 'Eén op de tien bonnen bekijken in plaats van alle bonnen',
		did: 'Na drie maanden zonder opmerking bekijken we nog één op de tien bonnen. Bij een opmerking weer meer, nooit nul.',
		changed: 'De opzichter heeft tijd om mee te lopen. Wij maken de bonnen beter, omdat er naar wordt gekeken om van te leren.',
		shows: ''
	}
] as const;
