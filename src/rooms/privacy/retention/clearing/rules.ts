/** The tables of which `app.clear_kept` destroys what was kept long enough, each with what belongs to it; the test holds both lists against each other. */
export const clearedTables = [
	...['private_link', 'private_link_end', 'success_thanks', 'duty_ask', 'duty_answer'],
	...['signal_reminder', 'meeting_reminder', 'yearly_reminder', 'facilitation_reminder']
] as const;

/** How many rows of a table went, or would. */
export interface Cleared {
	readonly tableName: string;
	readonly destroyed: number;
}
