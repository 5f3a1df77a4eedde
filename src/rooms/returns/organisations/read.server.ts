import { sql } from 'kysely';
import type { Tx } from '#foundation/database/door.server.ts';
import type { PartyAmounts } from './rules.ts';

/** Who paid and who gained over all cases of the network, by code of payer. */
export interface NetworkParties {
	/** What was found, once three cases were followed up; before that what was estimated; nothing under three cases. */
	readonly kind: 'realised' | 'estimate' | 'none';
	/** In how many cases the pot paid: those that are counted here. */
	readonly cases: number;
	readonly parties: readonly PartyAmounts[];
	/** What only moved elsewhere, as far as it was estimated. */
	readonly movedCents: number;
}

/** Sums of three cases or more, also over cases that the reader does not see (figure_parties). */
export async function getNetworkParties(tx: Tx): Promise<NetworkParties> {
	const { rows } = await sql<{ kind: 'estimate' | 'realised'; party: string } & Record<string, string>>`
		select * from app.figure_parties() order by kind, prevented_cents desc, party`.execute(tx);
	const kind = rows.some((row) => row.kind === 'realised') ? 'realised' : 'estimate';
	const told = rows.filter((row) => row.kind === kind);
	if (told.length === 0) return { kind: 'none', cases: 0, parties: [], movedCents: 0 };
	const cents = (row: Record<string, string>, column: string): number => Number(row[column] ?? 0);
	return {
		kind,
		cases: Math.max(...told.map((row) => cents(row, 'cases'))),
		parties: told
			.filter((row) => row.party !== 'elders')
			.map((row) => ({
				party: row.party,
				paidCents: cents(row, 'paidCents'),
				preventedCents: cents(row, 'preventedCents'),
				extraCents: cents(row, 'extraCents'),
				gainedCents: cents(row, 'preventedCents') - cents(row, 'extraCents'),
				freesCents: cents(row, 'freesCents')
			})),
		movedCents: told.filter((row) => row.party === 'elders').reduce((sum, row) => sum + cents(row, 'extraCents'), 0)
	};
}
