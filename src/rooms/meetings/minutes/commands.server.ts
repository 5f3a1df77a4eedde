import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { findOpenItem, tellAtItem } from '../agenda/commands.server.ts';
import type { AgendaItem } from '../agenda/read.server.ts';
import { decideSchema, positionSchema, proposeSchema } from '../agenda/schema.ts';
import { sitsForOther } from '../agenda/read.server.ts';
import { hasFixedSeat, refuseForOther, refuseNotFixed } from '../bodies/commands.server.ts';
import type { Body } from '../bodies/read.server.ts';
import { mayDecide } from '../bodies/rules.ts';
import { whyNotDecided } from './rules.ts';

interface Where {
	readonly itemId: string;
	readonly meetingId: string;
	readonly bodyId: string;
}
const where = ({ itemId, meetingId, bodyId }: AgendaItem): Where => ({ itemId, meetingId, bodyId });

/** The open item for who decides along: by a fixed seat, or having joined for this item. The facilitator decides nothing. */
async function findDeciding(deed: Deed, itemId: string): Promise<Outcome<{ item: AgendaItem; body: Body }>> {
	const found = await findOpenItem(deed, itemId);
	if (!found.ok) return found;
	const { item, body } = found.value;
	const { tx, actor, now } = deed;
	if (await sitsForOther(tx, actor, now, [...body.seats, ...item.joined])) return refuseForOther();
	if (!mayDecide(actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
	// A seat that was taken for an organisation that one left is still one's own.
	const joined = item.joined.some((seat) => seat.personId === actor.personId);
	return joined || hasFixedSeat(deed, body) ? found : refuse('not_taking_part', { lift: { kind: 'role', role: 'yourself' } });
}

/** Who takes part says what they propose to decide. A new text is a new version: what was found of the former does not count for it. */
export const propose = command({
	act: 'item.propose',
	schema: proposeSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findDeciding(deed, input.itemId);
		if (!found.ok) return found;
		const { item } = found.value;
		const doubts = findDoubts({ text: input.text });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('itemProposal')
			.values({
				...{ networkId, itemId: item.itemId, version: (item.proposal?.version ?? 0) + 1, bodyId: item.bodyId },
				...{ text: input.text.trim(), personId, membershipId, at: deed.now }
			})
			.execute();
		return ok(where(item));
	}
});

/** Who takes part says what they find of the proposal that they saw: no objection, an objection with its reason, or aside. */
export const takePosition = command({
	act: 'item.position',
	schema: positionSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findDeciding(deed, input.itemId);
		if (!found.ok) return found;
		const { item } = found.value;
		if (!item.proposal) return refuse('wrong_state');
		if (item.proposal.version !== input.version) return refuse('proposal_changed');
		const reason = input.reason.trim();
		if (input.position === 'objection' && reason === '') return refuse('invalid', { fields: [{ path: ['reason'], code: 'required' }] });
		const doubts = findDoubts({ reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('itemPosition')
			.values({
				...{ networkId, positionId: deed.id(), itemId: item.itemId, version: input.version, bodyId: item.bodyId },
				...{ position: input.position, reason, personId, membershipId, at: deed.now }
			})
			.execute();
		return ok(where(item));
	}
});

/** A fixed seat writes the minutes of an item, from the beginning of its meeting on: the proposal is decided, nothing is, or it was only told. It closes the item. */
export const decide = command({
	act: 'item.decide',
	schema: decideSchema,
	async run(deed, input): Promise<Outcome<Where>> {
		const found = await findOpenItem(deed, input.itemId);
		if (!found.ok) return found;
		const { item, body, meeting } = found.value;
		if (await sitsForOther(deed.tx, deed.actor, deed.now, body.seats)) return refuseForOther();
		if (!mayDecide(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (!hasFixedSeat(deed, body)) return refuseNotFixed(deed, body);
		if (meeting.startsAt > deed.now) return refuse('wrong_state');
		const doubts = findDoubts({ reason: input.reason });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		if (input.outcome === 'decided') {
			if (!item.proposal) return refuse('wrong_state');
			if (item.proposal.version !== input.version) return refuse('proposal_changed');
			const not = whyNotDecided(
				body.rule,
				body.seats.map((seat) => seat.personId),
				item.positions,
				deed.actor.personId
			);
			if (not?.why === 'objection_stands') return refuse('objection_stands', { lift: { kind: 'person', personId: not.personId } });
			if (not) return refuse(not.why);
		}
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx
			.insertInto('itemEnd')
			.values({
				...{ networkId, itemId: item.itemId, bodyId: item.bodyId, rule: body.rule, reason: input.reason.trim() },
				...{
					kind: input.outcome,
					version: input.outcome === 'decided' ? (item.proposal?.version ?? null) : null,
					personId,
					membershipId,
					at: deed.now
				}
			})
			.execute();
		await tellAtItem(deed, body, item, 'mail.item_decided');
		return ok(where(item));
	}
});
