import { dayAt } from '#foundation/time/days.ts';
import { leaveTable, withdrawInvitation } from '#rooms/cases/commands.server.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { awaitsAnswerOf } from '#rooms/chain/agreement/rules.ts';
import { coursesOf } from '#rooms/chain/measures/read.server.ts';
import { suggestShare } from '#rooms/chain/measures/rules.ts';
import { closeProject } from '#rooms/chain/projects/commands.server.ts';
import { getProject } from '#rooms/chain/projects/read.server.ts';
import { findVera } from '#rooms/chain/vera/read.server.ts';
import { listTimeline } from '#rooms/table/rules.ts';
import { act, actorOf, found } from '../../../form.server.ts';
import { agreementActions } from '../../agreement-actions.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A project: what waits, how its measures go, who is at the table. */
export const load: PageServerLoad = async (event) => {
	const { installation } = event.locals;
	const actor = actorOf(event);
	const table = found(await getProject(installation, actor, event.params.id));
	const now = installation.world.now();
	const { veraSubject } = table.facts;
	return {
		title: table.facts.title,
		live: `/${event.params.network}/live?casus=${event.params.id}`,
		table,
		timeline: listTimeline({
			facts: { caseId: event.params.id, events: [], seats: table.facts.seats },
			agreements: table.agreements,
			...{ questions: [], requests: [], payments: [], valueMap: null, followUps: [], cause: null }
		}),
		subject: veraSubject === null ? null : (findVera('ONDERHOUDSOORT', veraSubject)?.name ?? veraSubject),
		courses: coursesOf(table.chain, dayAt(now)),
		share: suggestShare(table.orders),
		chainWaits:
			table.state !== 'closed' &&
			binds(actor.roles) &&
			table.chain.pending !== null &&
			awaitsAnswerOf(table.chain.pending, actor.organisationId),
		me: actor.personId,
		today: dayAt(now),
		now,
		key: installation.world.id()
	};
};

type ProjectEvent = Parameters<Actions[string]>[0];
const here = (event: ProjectEvent) => () => `/${event.params.network}/onderhoud/${event.params.id}`;

export const actions: Actions = {
	...agreementActions,
	withdraw: (event) =>
		act(event, withdrawInvitation, {
			form: 'withdraw',
			input: (fields) => ({ invitationId: fields['invitationId'] }),
			to: here(event)
		}),
	leave: (event) =>
		act(event, leaveTable, { form: 'leave', input: () => ({ caseId: event.params.id }), to: () => `/${event.params.network}/onderhoud` }),
	close: (event) => act(event, closeProject, { form: 'close', input: () => ({ projectId: event.params.id }), to: here(event) })
};
