import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { FieldError, Outcome } from '#foundation/outcome.ts';
import { dayAt } from '#foundation/time/days.ts';
import { findChain } from '../agreement/read.server.ts';
import { findForProject } from '../projects/commands.server.ts';
import { countOrdersSchema, measureSchema } from './schema.ts';

/** Writes how the measures of the agreed chain stand (H1): typed one by one, or out of a file. Of one day the newest counts, so a mistake is given again. */
export const measureProject = command({
	act: 'project.measure',
	schema: measureSchema,
	async run(deed, input): Promise<Outcome<{ readings: number }>> {
		const found = await findForProject(deed, input.projectId);
		if (!found.ok) return found;
		const { tx, now } = deed;
		const { networkId, personId, membershipId } = deed.actor;
		const { current } = await findChain(tx, deed.actor, input.projectId);
		if (!current) return refuse('wrong_state');
		const known = new Set(current.kpis.map(({ kpiId }) => kpiId));
		const today = dayAt(now);
		const fields = input.readings.flatMap(({ kpiId, onDay }, index): FieldError[] => [
			...(known.has(kpiId) ? [] : [{ path: ['readings', index, 'kpiId'], code: 'not_a_choice' } as const]),
			...(onDay > today ? [{ path: ['readings', index, 'onDay'], code: 'date_in_future' } as const] : [])
		]);
		if (fields.length > 0) return refuse('invalid', { fields: fields.slice(0, 50) });
		const rows = input.readings.map((reading) => ({
			...{ networkId, projectId: input.projectId, readingId: deed.id(), ...reading, origin: input.origin },
			...{ personId, membershipId, at: now }
		}));
		// PostgreSQL takes at most 65,535 values in one statement.
		for (let from = 0; from < rows.length; from += 2_000)
			await tx
				.insertInto('kpiReading')
				.values(rows.slice(from, from + 2_000))
				.execute();
		return ok({ readings: rows.length });
	}
});

/** Writes how many orders were done, or how many stood at which status of VERA (H6), how many were looked at and remarked on (H4), from which the share to look at is suggested. */
export const countOrders = command({
	act: 'project.count_orders',
	schema: countOrdersSchema,
	async run(deed, input): Promise<Outcome<{ countId: string }>> {
		const found = await findForProject(deed, input.projectId);
		if (!found.ok) return found;
		if (input.untilDay > dayAt(deed.now)) return refuse('invalid', { fields: [{ path: ['untilDay'], code: 'date_in_future' }] });
		const { networkId, personId, membershipId } = deed.actor;
		const countId = deed.id();
		const { statuses, projectId, ...counts } = input;
		await deed.tx
			.insertInto('orderCount')
			.values({ networkId, countId, projectId, ...counts, personId, membershipId, at: deed.now })
			.execute();
		if (statuses.length > 0)
			await deed.tx
				.insertInto('orderStatus')
				.values(statuses.map((at) => ({ networkId, countId, projectId, ...at })))
				.execute();
		return ok({ countId });
	}
});
