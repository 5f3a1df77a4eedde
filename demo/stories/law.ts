import type { Story } from './story.ts';

/** Invented: one law that leaves no local room, in five cases of five colleagues; whom it stopped was helped on by others. */
const stopped: readonly { readonly by: string; readonly day: number; readonly stuck: string; readonly ownOrganisation: string }[] = [
	{
		...{ by: 'joost@wijkteam.example', day: 315, ownOrganisation: 'Wij kunnen meedenken, meer niet.' },
		stuck: 'Een moeder neemt haar zoon van 28 weer in huis. Haar uitkering gaat daardoor omlaag.'
	},
	{
		...{ by: 'fatima@gemeente.example', day: 262, ownOrganisation: 'Wij willen het anders, en de wet laat het niet toe.' },
		stuck: 'Een man vangt zijn broer op na een scheiding. Nu kan hij de huur niet meer betalen.'
	},
	{
		...{ by: 'tom@zeewering.example', day: 214, ownOrganisation: 'Wij staan inwonen toe.' },
		stuck: 'Een vrouw wil haar dochter van 30 laten inwonen tot er een kamer is, en durft niet.'
	},
	{
		...{ by: 'ravi@schuldhulp.example', day: 171, ownOrganisation: 'Wij passen het plan aan waar het kan.' },
		stuck: 'Een gezin met een afbetaling houdt te weinig over sinds een neef is komen wonen.'
	},
	{
		...{ by: 'noor@vuurtoren.example', day: 117, ownOrganisation: 'Wij zoeken een bed voor noodgevallen.' },
		stuck: 'Een man kan na een opname bij zijn zus terecht. Zij zegt nee: het kost haar haar uitkering.'
	}
];

export const lawStories: readonly Story[] = stopped.map(({ by, day, stuck, ownOrganisation }) => ({
	opens: { by, day, stuck, firstNeed: 'Iemand die weet of het anders kan.', ownOrganisation, residentKnows: 'yes' },
	steps: [
		{ act: 'cause', day: day - 2, cause: 'lodger' },
		{ act: 'close', day: day - 6, outcome: 'referred', cause: 'lodger' }
	]
}));

/** The letter about it that was sent and waits, and one to another that was answered. Days are counted back from today. */
export interface LetterTold {
	readonly cause: 'lodger';
	readonly by: string;
	readonly day: number;
	readonly addressee: 'ministry' | 'municipalities';
	readonly answer?: { readonly by: string; readonly day: number; readonly answer: 'yes' | 'no' | 'other'; readonly words: string };
}

export const lettersTold: readonly LetterTold[] = [
	{
		...{ cause: 'lodger', by: 'marieke@wijkteam.example', day: 64, addressee: 'municipalities' },
		answer: {
			...{ by: 'marieke@wijkteam.example', day: 37, answer: 'other' },
			words: 'Zij horen dit vaker, en leggen het met onze aantallen voor aan het ministerie.'
		}
	},
	{ cause: 'lodger', by: 'marieke@wijkteam.example', day: 58, addressee: 'ministry' }
];
