import type { ActCode } from '../../src/foundation/command/acts.ts';
import { addDays, dayAt } from '../../src/foundation/time/days.ts';
import { idIn } from './colleague.ts';
import type { Colleague } from './colleague.ts';
import type { Ledger } from './ledger.ts';
import type { Office } from './people.ts';

/** What a facilitator has an organisation reminded of: once in fourteen days. */
export interface Reminder {
	readonly organisationId: string;
	readonly code: 'silent' | 'overdue';
}

/** Who a story is played by. Four colleagues of their own; the offices are shared with all that goes on at the same time. */
export interface Cast {
	/** Holds the cases. Works for the housing association. */
	readonly holder: Colleague;
	/** Both of the neighbourhood team. */
	readonly partner: Colleague;
	readonly second: Colleague;
	/** Of the municipality. */
	readonly third: Colleague;
	readonly office: Readonly<Record<Office, Colleague>>;
	readonly ledger: Ledger;
	/** The name of the network in an address. */
	readonly slug: string;
	/** A colleague whose membership may end, each given once; null when there are no more. */
	spare(): string | null;
	/** A request of the holder of which the money went back because it was not used in time, each given once; null when there are no more. */
	lapsed(): string | null;
	/** Of what an organisation can be reminded: silent or late before the play, each given once; null when there are no more. */
	reminds(): Reminder | null;
	/** Lets a year of the books be closed that is over: one after the other, the oldest first. Nothing when there are no more, or another does so just now. */
	closesYear(close: (year: number) => Promise<void>): Promise<void>;
	/** Does what only one may do at a time, each after the other. */
	inTurn(work: () => Promise<void>): Promise<void>;
	/** Posts a form of a page as nobody, until it is answered; what it answers must be that it was done. */
	postsForm(act: ActCode, path: string, fields: Readonly<Record<string, string>>): Promise<void>;
	/** Not the same twice: for names and households. */
	next(): number;
}

/** A part of the work, played again and again while the server is killed under it. */
export interface Story {
	readonly name: string;
	/** Every act that it does each time. */
	readonly acts: readonly ActCode[];
	play(cast: Cast): Promise<void>;
}

export const today = (): string => dayAt(new Date());
export const dayFromNow = (days: number): string => addDays(today(), days);

const words = {
	...{ stuck: 'De huur loopt achter.', goal: 'Rust in huis.', firstNeed: 'Tijd.' },
	...{ ownOrganisation: 'Uitstel geven.', residentKnows: 'yes' }
};

export const opensCase = async ({ holder }: Pick<Cast, 'holder'>): Promise<string> =>
	idIn(await holder.does('case.open', '/cases', words), 'caseId');

/** The holder asks a colleague to the table, and they come. */
export async function seats({ holder }: Pick<Cast, 'holder'>, caseId: string, who: Colleague): Promise<void> {
	const asking = { membershipId: who.person.membershipId, message: 'Doe je mee?' };
	const invitationId = idIn(await holder.does('seat.invite', `/cases/${caseId}/invitations`, asking), 'invitationId');
	await who.does('seat.accept', `/invitations/${invitationId}/acceptance`);
}

/** A case with the partner at its table. */
export async function opensTable(cast: Cast): Promise<string> {
	const caseId = await opensCase(cast);
	await seats(cast, caseId, cast.partner);
	return caseId;
}
