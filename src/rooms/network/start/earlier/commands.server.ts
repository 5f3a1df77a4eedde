import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { lockStart } from '../commands.server.ts';
import { mayWriteStart } from '../rules.ts';
import { mayRecordYears } from './rules.ts';
import { recordYearsSchema, sayExistingSchema } from './schema.ts';

const thisYear = (now: Date): number => Number(dayAt(now).slice(0, 4));
const byAdministrator = { lift: { kind: 'role', role: 'administrator' } } as const;

/** Someone of a network that was there before this year says since which: its start is written in any order from then on (G1), until someone takes that back. */
export const sayExisting = command({
	act: 'start.existing',
	schema: sayExistingSchema,
	async run(deed, { since }): Promise<Outcome<{ existingId: string }>> {
		if (!mayWriteStart(deed.actor.roles)) return refuse('not_allowed', byAdministrator);
		const max = thisYear(deed.now) - 1;
		if (since !== null && since > max)
			return refuse('invalid', { fields: [{ path: ['since'], code: 'number_too_large', values: { max } }] });
		await lockStart(deed);
		const { networkId, personId, membershipId } = deed.actor;
		const existingId = deed.id();
		deed.about('start', existingId);
		await deed.tx
			.insertInto('startExisting')
			.values({ networkId, existingId, sinceYear: since, personId, membershipId, at: deed.now })
			.execute();
		return ok({ existingId });
	}
});

/** Earlier years are recorded, all or none, each with its source. A year that was recorded before is recorded anew, and the earlier record is kept. */
export const recordEarlierYears = command({
	act: 'start.record_years',
	schema: recordYearsSchema,
	async run(deed, { years }): Promise<Outcome<{ recordIds: string[] }>> {
		if (!mayRecordYears(deed.actor.roles)) return refuse('not_allowed', byAdministrator);
		const max = thisYear(deed.now);
		const seen = new Set<number>();
		const fields: FieldError[] = [];
		for (const [index, { year }] of years.entries()) {
			if (year > max) fields.push({ path: ['years', index, 'year'], code: 'number_too_large', values: { max } });
			else if (seen.has(year)) fields.push({ path: ['years', index, 'year'], code: 'year_twice' });
			seen.add(year);
		}
		if (fields.length > 0) return refuse('invalid', { fields });
		await lockStart(deed);
		const { networkId, personId, membershipId } = deed.actor;
		const rows = years.map(({ year, cases, granted, paidBack, source }) => ({
			...{ networkId, recordId: deed.id(), year, cases: cases ?? null, source },
			...{ grantedCents: granted ?? null, paidBackCents: paidBack ?? null, personId, membershipId, at: deed.now }
		}));
		const [first] = rows;
		if (first) deed.about('start', first.recordId);
		await deed.tx.insertInto('earlierYear').values(rows).execute();
		return ok({ recordIds: rows.map(({ recordId }) => recordId) });
	}
});
