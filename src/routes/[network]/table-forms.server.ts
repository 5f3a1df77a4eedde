import { error } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { askDecider } from '#rooms/agreements/asks/commands.server.ts';
import { askForChange, changeAgreement } from '#rooms/agreements/changes/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import { inviteToTable } from '#rooms/cases/commands.server.ts';
import type { CaseWords } from '#rooms/cases/read.server.ts';
import type { Seat } from '#rooms/cases/rules.ts';
import type { SentInvitation } from '#rooms/cases/subjects/read.server.ts';
import { listFormalDeciders } from '#rooms/people/mandates/read.server.ts';
import { listColleagues } from '#rooms/people/read.server.ts';
import { findRoom } from '#rooms/people/room/read.server.ts';
import { act, actorOf, optional, present } from '../form.server.ts';

/** Forms that every table has, of a case, a project or a pair: make an agreement, change one, ask someone to it. */

type TableEvent = RequestEvent<{ network: string; id: string }>;

/** A table as these forms need it. */
interface Table {
	readonly seats: readonly Seat[];
	readonly mySeat: Seat;
	readonly names: ReadonlyMap<string, { readonly displayName: string; readonly organisationName: string }>;
}

/** Below `/network`, the address of the table: `/casus/…`, `/onderhoud/…` or `/vertrouwen/…`. */
const placeOf = ({ url }: RequestEvent): string => `/${url.pathname.split('/').slice(2, 4).join('/')}`;
const toTable = (event: RequestEvent) => () => event.url.pathname.split('/').slice(0, 4).join('/');

/** What the form to make an agreement at a table is made of. */
export async function agreementForm(event: TableEvent, table: Table) {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const today = dayAt(installation.world.now());
	return await read(installation, actor, async (tx, now) => {
		// Whoever left keeps their seat in the story; nobody promises them anything.
		const here = new Set((await listColleagues(tx, actor, now)).map(({ membershipId }) => membershipId));
		return {
			place: placeOf(event),
			others: table.seats
				.filter((seat) => here.has(seat.membershipId))
				.map((seat) => ({ personId: seat.personId, holder: seat.holder, ...table.names.get(seat.membershipId) })),
			organisation: table.names.get(table.mySeat.membershipId)?.organisationName ?? '',
			room: (await findRoom(tx, actor, actor.organisationId))?.sentence,
			formalDeciders: (await listFormalDeciders(tx, actor, now)).map((colleague) => colleague.displayName),
			today,
			dueOn: addDays(today, 7),
			inAMonth: addDays(today, 30),
			key: installation.world.id()
		};
	});
}

const wording = (fields: Record<string, string>) => ({
	what: fields['what'] ?? '',
	dueOn: fields['dueOn'] ?? '',
	proof: optional(fields['proof']),
	amount: optional(fields['amount']),
	insideRoom: fields['insideRoom'] === 'yes',
	acknowledged: fields['acknowledged'] === 'yes'
});
const agreed = (event: TableEvent) => (fields: Record<string, string>) =>
	present({ caseId: event.params.id, kind: optional(fields['kind']), receiverId: fields['receiverId'], ...wording(fields) });

export const agreementFormActions = {
	make: (event: TableEvent) => act(event, makeAgreement, { form: 'agreement', input: agreed(event), to: toTable(event) }),
	ask: (event: TableEvent) =>
		act(event, askDecider, {
			form: 'agreement',
			input: (fields) => ({ ...agreed(event)(fields), deciderMembershipId: fields['deciderMembershipId'] }),
			to: toTable(event)
		})
};

type ChangeEvent = RequestEvent<{ network: string; id: string; agreement: string }>;

/** What the form to change an agreement is made of: the agreement as it stands. */
export async function changeForm(
	event: ChangeEvent,
	table: Table & { readonly agreements: readonly Agreement[]; readonly words: CaseWords }
) {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const agreement = table.agreements.find((entry) => entry.agreementId === event.params.agreement);
	if (!agreement) error(404);
	const words = table.words.get(agreement.versionId);
	return {
		place: placeOf(event),
		kind: agreement.kind,
		mine: agreement.personId === actor.personId,
		organisation: table.names.get(agreement.membershipId)?.organisationName ?? '',
		room: (await read(installation, actor, (tx) => findRoom(tx, actor, agreement.organisationId)))?.sentence,
		now: { what: words?.get('agreement')?.text ?? '', proof: words?.get('proof')?.text ?? '', dueOn: agreement.dueOn },
		amountCents: agreement.amountCents,
		today: dayAt(installation.world.now()),
		key: installation.world.id()
	};
}

const changed = (event: ChangeEvent) => (fields: Record<string, string>) =>
	present({ agreementId: event.params.agreement, ...wording(fields) });

export const changeFormActions = {
	offer: (event: ChangeEvent) => act(event, changeAgreement, { form: 'change', input: changed(event), to: toTable(event) }),
	ask: (event: ChangeEvent) =>
		act(event, askForChange, {
			form: 'change',
			input: (fields) => ({ ...changed(event)(fields), deciderMembershipId: fields['deciderMembershipId'] }),
			to: toTable(event)
		})
};

/** What the form to ask someone to a table is made of. */
export async function inviteForm(
	event: TableEvent,
	table: Table & { readonly facts: { readonly invitations: readonly SentInvitation[] } }
) {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const busy = new Set([
		...table.seats.map((seat) => seat.personId),
		...table.facts.invitations.filter((invitation) => invitation.state === 'waiting').map((invitation) => invitation.personId)
	]);
	const colleagues = (await read(installation, actor, (tx, now) => listColleagues(tx, actor, now))).filter(
		(colleague) => !busy.has(colleague.personId)
	);
	// A facilitator looks along at cases.
	const facilitators = placeOf(event).startsWith('/casus/') ? colleagues.filter(({ roles }) => roles.includes('facilitator')) : [];
	const asksFacilitator = event.url.searchParams.has('begeleider') && facilitators.length > 0;
	return {
		place: placeOf(event),
		chosen: asksFacilitator ? facilitators[0]?.membershipId : (event.url.searchParams.get('collega') ?? undefined),
		/** Whether a facilitator is asked, or could be. */
		facilitator: asksFacilitator ? ('asked' as const) : facilitators.length > 0 ? ('there' as const) : ('none' as const),
		// Colleagues of other organisations first: they know what we do not. Where a facilitator is asked, those who facilitate.
		colleagues: colleagues.toSorted(
			(a, b) =>
				(asksFacilitator ? Number(facilitators.includes(b)) - Number(facilitators.includes(a)) : 0) ||
				Number(a.organisationId === actor.organisationId) - Number(b.organisationId === actor.organisationId)
		),
		key: installation.world.id()
	};
}

export const inviteFormActions = {
	default: (event: TableEvent) =>
		act(event, inviteToTable, {
			form: 'invite',
			input: (fields) => ({
				caseId: event.params.id,
				membershipId: fields['membershipId'],
				message: fields['message'] ?? '',
				acknowledged: fields['acknowledged'] === 'yes'
			}),
			to: toTable(event)
		})
};
