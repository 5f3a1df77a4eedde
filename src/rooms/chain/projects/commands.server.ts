import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { dayAt } from '#foundation/time/days.ts';
import { writeInvitation } from '#rooms/cases/commands.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import type { Standing } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { openSubject } from '#rooms/cases/subjects/commands.server.ts';
import { findColleague } from '#rooms/people/read.server.ts';
import { listVera } from '../vera/read.server.ts';
import { mayOpenProject, otherPart } from './rules.ts';
import { openProjectSchema, projectIdSchema } from './schema.ts';

/** Opens a project and asks someone of another organisation to its table (H1): with their yes the first agreement can be made. */
export const openProject = command({
	act: 'project.open',
	schema: openProjectSchema,
	async run(deed, input): Promise<Outcome<{ projectId: string; invitationId: string }>> {
		const projectId = deed.id();
		deed.about('project', projectId, projectId);
		const { tx, actor, now } = deed;
		if (!mayOpenProject(actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		const choice = (path: string) => refuse('invalid', { fields: [{ path: [path], code: 'not_a_choice' }] });
		const colleague = await findColleague(tx, actor, now, input.membershipId);
		if (!colleague || colleague.organisationId === actor.organisationId || colleague.personId === actor.personId)
			return choice('membershipId');
		const { veraSubject = null } = input;
		if (veraSubject !== null && !listVera('ONDERHOUDSOORT', dayAt(now)).some(({ code }) => code === veraSubject))
			return choice('veraSubject');
		const doubts = findDoubts({ message: input.message });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		await openSubject(deed, projectId, 'project');
		const { networkId, personId, membershipId, organisationId } = actor;
		await tx
			.insertInto('project')
			.values({
				...{ networkId, projectId, kind: input.kind, veraSubject, title: input.title.trim() },
				...{ personId, membershipId, organisationId, at: now }
			})
			.execute();
		await tx
			.insertInto('projectParty')
			.values([
				{ networkId, projectId, organisationId, part: input.part },
				{ networkId, projectId, organisationId: colleague.organisationId, part: otherPart(input.part) }
			])
			.execute();
		const invitationId = await writeInvitation(deed, projectId, colleague, input.message);
		deed.about('project', projectId, projectId);
		return ok({ projectId, invitationId });
	}
});

/** What each act in a project asks first: a seat there, and a project that is not closed. */
export async function findForProject(deed: Deed, projectId: string): Promise<Outcome<Standing>> {
	deed.about('project', projectId, projectId);
	const standing = await findStanding(deed.tx, deed.actor, deed.now, projectId, ['project']);
	if (!standing) return refuse('not_found');
	if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
	return ok(standing);
}

/** Closes a project, for good; what was agreed stays to be read by who sits there. */
export const closeProject = command({
	act: 'project.close',
	schema: projectIdSchema,
	async run(deed, { projectId }): Promise<Outcome<null>> {
		const found = await findForProject(deed, projectId);
		if (!found.ok) return found;
		const { mySeat, holder } = found.value;
		if (!mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: holder.personId } });
		const { networkId, personId, membershipId } = deed.actor;
		await deed.tx.insertInto('projectEnd').values({ networkId, projectId, personId, membershipId, at: deed.now }).execute();
		for (const other of new Set(found.value.seats.map((seat) => seat.personId)))
			if (other !== personId) await deed.tell('mail.project_closed', { projectId, personId: other });
		return ok(null);
	}
});
