/** What someone brings in, in a test. */
export const caseWords = {
	stuck: '€ 4.000 huurschuld, de ontruiming is aangezegd.',
	goal: 'Ik wil in mijn huis blijven.',
	firstNeed: 'Tijd om het te regelen.',
	ownOrganisation: 'Wij kunnen de ontruiming uitstellen.',
	residentKnows: 'yes'
};
