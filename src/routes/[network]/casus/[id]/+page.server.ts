import { redirect } from '@sveltejs/kit';
import { findSubjectKind } from '#rooms/cases/subjects/read.server.ts';
import { placeOfTable } from '#rooms/cases/subjects/rules.ts';
import { listTimeline } from '#rooms/table/rules.ts';
import { leaveTable, reopenCase, withdrawInvitation } from '#rooms/cases/commands.server.ts';
import { answerObjection } from '#rooms/privacy/resident/commands.server.ts';
import { nameCause, skipCause } from '#rooms/causes/commands.server.ts';
import { getResidentAtTable } from '#rooms/privacy/resident/read.server.ts';
import { declineHandOver, takeOver, withdrawHandOver } from '#rooms/cases/hand-over/commands.server.ts';
import { decidesNothing } from '#rooms/cases/rules.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import type { CaseTable } from '#rooms/table/read.server.ts';
import { listFacilitators } from '#rooms/people/read.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { findCaseReturn } from '#rooms/returns/read.server.ts';
import { tellSuccess } from '#rooms/returns/success/commands.server.ts';
import { listHelpers, listTold } from '#rooms/returns/success/read.server.ts';
import { act, actorOf, found } from '../../../form.server.ts';
import { agreementActions } from '../../agreement-actions.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The case: gangplank, what waits, what happened, who is at the table. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const table = found(
		await getCaseTable(installation, actor, event.params.id, 'case.read', async (tx) => {
			// Letters and invitations lead to a table by its id alone.
			const kind = await findSubjectKind(tx, actor, event.params.id);
			if (kind !== null && kind !== 'case') redirect(303, `/${event.params.network}${placeOfTable(kind, event.params.id)}`);
		})
	);
	return {
		title: table.facts.pseudonym,
		seen: `${here(event)}/gezien`,
		live: `/${event.params.network}/live?casus=${event.params.id}`,
		table,
		timeline: listTimeline(table),
		...(await read(installation, actor, async (tx, now) => ({
			facilitates: (await listFacilitators(tx, actor, now)).some(({ personId }) => !atTable(table, personId)),
			caseReturn: await findCaseReturn(tx, actor, table.valueMap),
			told: await listTold(tx, actor, event.params.id),
			helpers: new Set((await listHelpers(tx, actor, event.params.id)).map(({ personId }) => personId)).size
		}))),
		resident: await read(installation, actor, (tx, now) => getResidentAtTable(tx, actor, now, event.params.id)),
		me: actor.personId,
		mayName: !decidesNothing(actor.roles),
		now: installation.world.now(),
		key: installation.world.id()
	};
};

/** Whether someone sits at a table, or was asked to it and has not answered. */
const atTable = ({ seats, facts }: CaseTable, personId: string): boolean =>
	[...seats, ...facts.invitations.filter(({ state }) => state === 'waiting')].some((one) => one.personId === personId);

const caseId = (event: { params: { id: string } }) => event.params.id;
const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/casus/${event.params.id}`;

export const actions: Actions = {
	objection: (event) =>
		act(event, answerObjection, {
			form: 'objection',
			input: (fields) => ({
				...{ objectionId: fields['objectionId'], words: fields['words'] ?? '', acknowledged: fields['acknowledged'] === 'yes' }
			}),
			to: () => here(event)
		}),
	...agreementActions,
	nameCause: (event) =>
		act(event, nameCause, {
			form: 'cause',
			input: (fields) => ({ caseId: caseId(event), cause: fields['cause'], responsible: fields['responsible'] ?? '' }),
			to: () => here(event)
		}),
	skipCause: (event) => act(event, skipCause, { form: 'cause', input: () => ({ caseId: caseId(event) }), to: () => here(event) }),
	withdraw: (event) =>
		act(event, withdrawInvitation, {
			form: 'withdraw',
			input: (fields) => ({ invitationId: fields['invitationId'] }),
			to: () => here(event)
		}),
	leave: (event) =>
		act(event, leaveTable, { form: 'leave', input: () => ({ caseId: caseId(event) }), to: () => `/${event.params.network}` }),
	success: (event) => act(event, tellSuccess, { form: 'success', input: () => ({ caseId: caseId(event) }), to: () => here(event) }),
	reopen: (event) => act(event, reopenCase, { form: 'reopen', input: () => ({ caseId: caseId(event) }), to: () => here(event) }),
	takeOver: (event) => act(event, takeOver, { form: 'takeOver', input: () => ({ caseId: caseId(event) }), to: () => here(event) }),
	declineHandOver: (event) =>
		act(event, declineHandOver, { form: 'takeOver', input: () => ({ caseId: caseId(event) }), to: () => here(event) }),
	withdrawHandOver: (event) =>
		act(event, withdrawHandOver, { form: 'takeOver', input: () => ({ caseId: caseId(event) }), to: () => here(event) })
};
