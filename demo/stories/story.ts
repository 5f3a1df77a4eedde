/** What happens in a demo case, in order. `day` counts back from today; the times are made up, the acts are real ones. */
export interface Story {
	readonly opens: {
		readonly by: string;
		readonly day: number;
		readonly stuck: string;
		readonly goal?: string;
		readonly firstNeed: string;
		readonly ownOrganisation: string;
		readonly looming?: string;
		readonly residentKnows: 'yes' | 'not_yet';
		readonly notYetBecause?: string;
	};
	readonly steps: readonly Step[];
}

export type Step =
	| { readonly act: 'invite'; readonly day: number; readonly who: string; readonly message: string; readonly answer?: 'accept' | 'decline' }
	| {
			readonly act: 'agree';
			readonly day: number;
			readonly who: string;
			readonly what: string;
			readonly to: string;
			readonly dueDay: number;
			readonly proof?: string;
			/** How it went, on which day, and what the receiver said of it. */
			readonly report?: {
				readonly day: number;
				readonly outcome: 'kept' | 'late' | 'changed' | 'impossible';
				readonly words?: string;
				readonly answer?: 'confirmed' | 'disputed';
			};
	  }
	| {
			readonly act: 'count';
			readonly day: number;
			readonly potCents: number;
			readonly horizonYears: number;
			readonly looming: readonly {
				readonly price: string;
				readonly quantity: number;
				readonly years: number;
				readonly chancePercent: number;
			}[];
			readonly proposed?: readonly {
				readonly price: string;
				readonly quantity: number;
				readonly years: number;
				readonly chancePercent: number;
			}[];
			readonly hours?: number;
			readonly hourCents?: number;
	  }
	| {
			readonly act: 'close';
			readonly day: number;
			readonly outcome: string;
			readonly cause: string;
			readonly responsible: string;
			readonly words?: string;
	  }
	| { readonly act: 'reopen'; readonly day: number };
