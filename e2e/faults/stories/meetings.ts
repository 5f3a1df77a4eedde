import { underWay } from '../../under-way.ts';
import { idIn } from '../colleague.ts';
import { dayFromNow, opensTable } from '../story.ts';
import type { Story } from '../story.ts';

const when = () => ({ day: dayFromNow(20), from: '9:30', until: '11:00' });

/** A meeting of the network: seats, a rule, an item for which someone joins, and its decision. */
const aMeeting: Story = {
	name: 'a meeting',
	acts: [
		...(['body.make', 'body.offer_seat', 'body.accept_seat', 'body.decline_seat', 'body.leave_seat', 'body.propose_rule'] as const),
		...(['body.confirm_rule', 'meeting.call', 'meeting.change', 'item.add', 'item.join', 'item.propose', 'item.position'] as const),
		...(['item.decide', 'item.carry', 'item.take_off'] as const)
	],
	async play({ holder, partner, second, third, office, next }) {
		const { administrator } = office;
		const named = { name: `Visieteam ${next()}`, kind: 'vision_team', of: 'network', rule: 'majority', withSeat: true };
		const bodyId = idIn(await administrator.does('body.make', '/meeting-groups', named), 'bodyId');
		const offers = async ({ person }: typeof holder) =>
			idIn(await administrator.does('body.offer_seat', `/meeting-groups/${bodyId}/seats`, { membershipId: person.membershipId }), 'seatId');
		await second.does('body.decline_seat', `/fixed-seats/${await offers(second)}/refusal`);
		const seatId = await offers(partner);
		await partner.does('body.accept_seat', `/fixed-seats/${seatId}/acceptance`);
		await holder.does('body.accept_seat', `/fixed-seats/${await offers(holder)}/acceptance`);
		const ruleId = idIn(await partner.does('body.propose_rule', `/meeting-groups/${bodyId}/rules`, { rule: 'consent' }), 'ruleId');
		await holder.does('body.confirm_rule', `/decision-rules/${ruleId}/confirmation`);
		const meetingId = idIn(await holder.does('meeting.call', `/meeting-groups/${bodyId}/meetings`, when()), 'meetingId');
		await holder.does('meeting.change', `/meetings/${meetingId}/changes`, { kind: 'moved', ...underWay(new Date()), place: 'Havenzaal' });
		const itemId = idIn(await third.does('item.add', `/meetings/${meetingId}/items`, { title: `Punt ${next()}` }), 'itemId');
		await third.does('item.join', `/agenda-items/${itemId}/seats`);
		await third.does('item.propose', `/agenda-items/${itemId}/proposals`, { text: 'We doen het samen.' });
		for (const one of [third, holder, partner])
			await one.does('item.position', `/agenda-items/${itemId}/positions`, { version: 1, position: 'consent' });
		await holder.does('item.decide', `/agenda-items/${itemId}/decision`, {
			outcome: 'decided',
			version: 1,
			reason: 'Niemand had bezwaar.'
		});
		const nextId = idIn(await holder.does('meeting.call', `/meeting-groups/${bodyId}/meetings`, when()), 'meetingId');
		const laterId = idIn(await third.does('item.add', `/meetings/${meetingId}/items`, { title: `Punt ${next()}` }), 'itemId');
		await holder.does('item.carry', `/agenda-items/${laterId}/carries`, { meetingId: nextId, reason: 'De tijd was op.' });
		await holder.does('item.take_off', `/agenda-items/${laterId}/removal`, { reason: 'Het is al geregeld.' });
		await partner.does('body.leave_seat', `/fixed-seats/${seatId}/departure`);
	}
};

/** A case on a case table. */
const aCaseTable: Story = {
	name: 'a case table',
	acts: ['case_item.bring', 'case_item.time', 'case_item.note', 'case_item.take_off'],
	async play(cast) {
		const { holder, partner, office, next } = cast;
		const caseId = await opensTable(cast);
		const named = { name: `Casustafel ${next()}`, kind: 'case_table', of: 'network', rule: 'consent', withSeat: true };
		const bodyId = idIn(await office.administrator.does('body.make', '/meeting-groups', named), 'bodyId');
		// A letter goes to another fixed seat.
		const offer = await office.administrator.does('body.offer_seat', `/meeting-groups/${bodyId}/seats`, {
			membershipId: partner.person.membershipId
		});
		await partner.does('body.accept_seat', `/fixed-seats/${idIn(offer, 'seatId')}/acceptance`);
		const meetingId = idIn(await office.administrator.does('meeting.call', `/meeting-groups/${bodyId}/meetings`, when()), 'meetingId');
		const brings = { caseId, from: '9:30', text: 'Wie kan wat doen?' };
		const itemId = idIn(await holder.does('case_item.bring', `/meetings/${meetingId}/cases`, brings), 'itemId');
		await holder.does('case_item.time', `/case-items/${itemId}/times`, { from: '10:00' });
		const noted = { decision: 'De huur wordt uitgesteld.', reason: 'Dat geeft rust.' };
		await holder.does('case_item.note', `/case-items/${itemId}/minutes`, noted);
		const again = await opensTable(cast);
		const otherId = idIn(await holder.does('case_item.bring', `/meetings/${meetingId}/cases`, { ...brings, caseId: again }), 'itemId');
		await holder.does('case_item.take_off', `/case-items/${otherId}/removal`, { reason: 'De huur is betaald.' });
	}
};

/** A calendar reads one's own agenda, and no longer. */
const aCalendar: Story = {
	name: 'a calendar',
	acts: ['calendar.make', 'calendar.revoke'],
	async play({ second }) {
		await second.does('calendar.make', '/my-calendar-link');
		await second.does('calendar.revoke', '/my-calendar-link', undefined, 'DELETE');
	}
};

export const meetingStories: readonly Story[] = [aMeeting, aCaseTable, aCalendar];
