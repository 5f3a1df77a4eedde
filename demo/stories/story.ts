import type { causes } from '../causes.ts';

/** A cause that several stories share, by its name in demo/causes.ts. */
export type DemoCause = keyof typeof causes;

/** What happens in a demo case, in order. `day` counts back from today; the times are made up, the acts are real ones. People are named by e-mail address. */
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

interface ValueFlow {
	readonly price: string;
	readonly quantity: number;
	readonly years: number;
	readonly chancePercent: number;
}

/** How the money of a request was paid; `household` is postcode, house number and birth date of an invented resident. */
interface Paid {
	readonly day: number;
	readonly by: string;
	readonly way: 'card' | 'transfer' | 'member';
	readonly household: readonly [string, string, string];
	/** The name of the account, when it is not the supplier's. */
	readonly payee?: string;
	/** Who ticked the transfer off, when it is still under way; else two did. */
	readonly ticks?: readonly string[];
}

/** An organisation that is asked to pay (part of) it back: its code, and how it went. `dueDay` counts back from today as all days do. */
interface AskedBack {
	readonly day: number;
	readonly of: string;
	readonly cents: number;
	readonly dueDay: number;
	/** What is told to who is asked. */
	readonly why: string;
	readonly accepted?: { readonly day: number; readonly by: string };
	readonly cameIn?: { readonly day: number; readonly cents: number };
}

export type Step = { readonly day: number } & (
	| { readonly act: 'invite'; readonly who: string; readonly message: string; readonly answer?: 'accept' | 'decline' }
	| {
			readonly act: 'agree';
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
			/** A promise on behalf of one's organisation, above what one may oneself: a colleague who can, is asked to decide. */
			readonly act: 'promise';
			readonly who: string;
			readonly what: string;
			readonly to: string;
			readonly cents: number;
			readonly dueDay: number;
			readonly decider: string;
			/** When the colleague said yes; left out: it waits. */
			readonly yes?: number;
	  }
	| {
			readonly act: 'ask';
			readonly text: string;
			readonly to: readonly string[];
			readonly answers: readonly {
				readonly day: number;
				readonly who: string;
				readonly answer: 'other_way' | 'call_me' | 'declined';
				readonly text?: string;
				/** The asker says that it helped. */
				readonly helped?: boolean;
			}[];
			/** What is kept of the answer that helped. */
			readonly card?: { readonly title: string; readonly how: string };
	  }
	| {
			readonly act: 'request';
			readonly what: string;
			readonly cents: number;
			readonly supplier: string;
			readonly why: string;
			/** Who agrees, each some minutes later. The third opens the payment. */
			readonly agree: readonly string[];
			readonly pay?: Paid;
			/** The day on which the money went back, because it was not used in time. */
			readonly lapses?: number;
			readonly back?: AskedBack;
			/** What of it is shared over the organisations, by the way to share of demo/telling-pot.server.ts. */
			readonly share?: { readonly day: number; readonly cents: number; readonly dueDay: number; readonly why: string };
	  }
	| {
			readonly act: 'large';
			readonly what: string;
			readonly cents: number;
			readonly supplier: string;
			readonly why: string;
			/** What the resident does. */
			readonly resident: string;
			readonly scheme: { readonly which: string; readonly answer: string; readonly askedDay: number };
			/** It cannot wait: what may follow after it, is not filled in yet. */
			readonly acute?: true;
			/** Who of the secretariat judges it; two decide. */
			readonly judge: readonly string[];
			/** What they find, when they do not grant it whole. */
			readonly found?:
				| { readonly verdict: 'partly'; readonly cents: number; readonly reason: string; readonly condition: string }
				| { readonly verdict: 'refuse'; readonly reason: string; readonly whoHelps: string };
			readonly pay?: Paid;
			readonly back?: AskedBack;
	  }
	| {
			readonly act: 'count';
			readonly potCents: number;
			readonly horizonYears: number;
			readonly looming: readonly ValueFlow[];
			readonly proposed?: readonly ValueFlow[];
			readonly hours?: number;
			readonly hourCents?: number;
			readonly deadweightPercent?: number;
			readonly attributionPercent?: number;
	  }
	| { readonly act: 'cause'; readonly cause: DemoCause; readonly words?: string }
	/** The holder looks back, at the check that is due by then; `happened` says whether what loomed came. */
	| { readonly act: 'follow_up'; readonly result: 'reached' | 'partly' | 'not' | 'contact_lost'; readonly happened: boolean }
	| {
			readonly act: 'close';
			readonly outcome: string;
			readonly cause: DemoCause;
			readonly words?: string;
			/** Why no further check is waited for. */
			readonly without?: string;
	  }
	| { readonly act: 'reopen' }
);
