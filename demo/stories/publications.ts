import type { DeclineReason } from '#rooms/causes/releases/rules.ts';
import type { DemoCause } from './story.ts';

/** A cause that is made public: proposed, answered by who goes about it, and read by a second. Days are counted back from today. */
export interface PublicationTold {
	readonly cause: DemoCause;
	readonly day: number;
	readonly by: string;
	readonly answer?: { readonly day: number; readonly by: string; readonly words: string; readonly released: string };
	/** An answer that a second did not release, with why. */
	readonly declined?: {
		readonly day: number;
		readonly by: string;
		readonly words: string;
		readonly eyes: string;
		readonly reason: DeclineReason;
		readonly why: string;
	};
	/** What the cause is called outside, and who read it too. */
	readonly title?: { readonly day: number; readonly by: string; readonly words: string; readonly released: string };
	/** The day of the look with which it opened. */
	readonly opensDay?: number;
}

export const publicationsTold: readonly PublicationTold[] = [
	{
		...{ cause: 'waiting', day: 50, by: 'marieke@wijkteam.example', opensDay: 18 },
		answer: {
			...{ day: 40, by: 'sanne@gemeente.example', released: 'bas@kade.example' },
			words: 'Wij herkennen dit. Gezinnen met kinderen krijgen binnenkort een voorschot; voor wie alleen woont, zoeken we nog.'
		},
		title: { day: 45, by: 'anouk@kade.example', words: 'Bijzondere bijstand duurt acht weken', released: 'marieke@wijkteam.example' }
	},
	{
		...{ cause: 'first_month', day: 2, by: 'marieke@wijkteam.example' },
		declined: {
			...{ day: 1, by: 'sanne@gemeente.example', eyes: 'bas@kade.example', reason: 'unclear' },
			words: 'Artikel 34 en het T+1-stelsel laten dit niet toe.',
			why: 'Wie geen wetten leest, snapt dit niet. Kun je zeggen wat er wel en niet kan?'
		}
	}
];
