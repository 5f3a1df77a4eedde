import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { recordCaseEvent } from '#rooms/cases/commands.server.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { asksResponsible, readResponsible } from './rules.ts';
import { closeCaseSchema } from './schema.ts';

/** The holder closes a case, and names why help was needed: a case is never closed without its cause (F1). */
export const closeCase = command({
	act: 'case.close',
	schema: closeCaseSchema,
	async run(deed, input): Promise<Outcome<{ namingId: string }>> {
		deed.about('case', input.caseId, input.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, input.caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state');
		const organisations = await listOrganisations(deed.tx, deed.actor, deed.now);
		const responsible = readResponsible(input.responsible, new Set(organisations.map((organisation) => organisation.organisationId)));
		if (!responsible) return refuse('invalid', { fields: [{ path: ['responsible'], code: 'not_a_choice' }] });
		if (asksResponsible(input.cause) && responsible.kind === 'nobody')
			return refuse('invalid', { fields: [{ path: ['responsible'], code: 'required' }] });
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });

		const namingId = deed.id();
		const asked = asksResponsible(input.cause) ? responsible : { kind: 'nobody' as const };
		await deed.tx
			.insertInto('causeNaming')
			.values({
				...{
					networkId: deed.actor.networkId,
					namingId,
					caseId: input.caseId,
					kind: input.cause,
					personId: deed.actor.personId,
					at: deed.now
				},
				responsibleOrganisationId: asked.kind === 'organisation' ? asked.organisationId : null,
				responsibleOutside: asked.kind === 'outside' ? asked.outside : null
			})
			.execute();
		if (input.words) await deed.write({ caseId: input.caseId, aboutId: namingId, part: 'cause', text: input.words });
		await recordCaseEvent(deed, input.caseId, 'closed', input.outcome);
		return ok({ namingId });
	}
});
