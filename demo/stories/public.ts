/** Who opened the page for everyone, on which days counted back from today. */
export const publicPageTold = {
	proposed: { day: 4, by: 'bas@kade.example' },
	confirmed: { day: 3, by: 'sanne@gemeente.example' }
} as const;
