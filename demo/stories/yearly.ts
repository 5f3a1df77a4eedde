import type { YearlyHow } from '#rooms/causes/yearly/rules.ts';
import type { DemoCause } from './story.ts';

/** An agreement for a year: brought by one, offered by each party, accepted by some. Days are counted back from today. */
export interface YearlyTold {
	readonly day: number;
	readonly by: string;
	/** None: it is about something that no case named often. */
	readonly cause?: DemoCause;
	readonly title: string;
	/** Codes of the other parties. */
	readonly parties: readonly string[];
	readonly offers: readonly { readonly day: number; readonly by: string; readonly words: string }[];
	/** Who said that their organisation does not take part. */
	readonly declined?: { readonly day: number; readonly by: string };
	readonly accepted?: { readonly day: number; readonly by: readonly string[] };
	/** It was for the year before: how it went meanwhile, the day on which its parties were asked what came of it, and who said so. */
	readonly lastYear?: {
		readonly looked: { readonly day: number; readonly by: string; readonly how: YearlyHow; readonly words: string };
		readonly asked: number;
		readonly back: { readonly day: number; readonly by: string; readonly how: YearlyHow; readonly words: string };
	};
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
	},
	// One said no, without a reason; the others are asked anew.
	{
		...{ day: 60, by: 'bas@kade.example', cause: 'first_month', parties: ['gemeente', 'huurders'] },
		title: 'Wie begint te werken, heeft een maand geen geld',
		offers: [
			{ day: 55, by: 'bas@kade.example', words: 'Wij wachten een maand met de huur.' },
			{ day: 50, by: 'sanne@gemeente.example', words: 'Wij schieten de eerste maand voor.' }
		],
		declined: { day: 44, by: 'wout@huurders.example' }
	},
	// Of the year before: asked what came of it, and one of the two said so.
	{
		...{ day: 440, by: 'sanne@gemeente.example', parties: ['kade'] },
		title: 'Zonder adres komt niemand aan de beurt',
		offers: [
			{ day: 436, by: 'sanne@gemeente.example', words: 'Wij geven een briefadres binnen drie dagen.' },
			{ day: 432, by: 'bas@kade.example', words: 'Wij nemen een briefadres aan bij de inschrijving.' }
		],
		accepted: { day: 428, by: ['sanne@gemeente.example', 'bas@kade.example'] },
		lastYear: {
			looked: { day: 400, by: 'sanne@gemeente.example', how: 'partly', words: 'De balie geeft het af, de telefoon nog niet.' },
			asked: 5,
			back: {
				day: 3,
				by: 'sanne@gemeente.example',
				how: 'partly',
				words: 'Aan de balie lukt het binnen drie dagen. Wie belt, wacht nog twee weken.'
			}
		}
	}
];
