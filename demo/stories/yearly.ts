import type { DemoCause } from './story.ts';

/** An agreement for a year: brought by one, offered by each party, accepted by some. Days are counted back from today. */
export interface YearlyTold {
	readonly day: number;
	readonly by: string;
	readonly cause: DemoCause;
	readonly title: string;
	/** Codes of the other parties. */
	readonly parties: readonly string[];
	readonly offers: readonly { readonly day: number; readonly by: string; readonly words: string }[];
	readonly accepted: { readonly day: number; readonly by: readonly string[] };
}

export const yearlyTold: readonly YearlyTold[] = [
	{
		...{ day: 120, by: 'sanne@gemeente.example', cause: 'waiting', parties: ['kade', 'huurders'] },
		title: 'Wie net woont, wacht acht weken op een bed',
		offers: [
			{ day: 112, by: 'sanne@gemeente.example', words: 'Wij geven gezinnen binnen een week een voorschot.' },
			{ day: 108, by: 'bas@kade.example', words: 'Wij laten bij een nieuwe huurder staan wat nog goed is.' },
			{ day: 101, by: 'wout@huurders.example', words: 'Wij vragen huurders die verhuizen wat zij kunnen missen.' }
		],
		accepted: { day: 96, by: ['sanne@gemeente.example', 'bas@kade.example'] }
	}
];
