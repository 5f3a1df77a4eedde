/** What the facilitator of the invented network had an organisation reminded of. Days count back from today. */
export const reminderTold = { by: 'marieke@wijkteam.example', day: 2, of: 'zeewering', code: 'silent' } as const;
