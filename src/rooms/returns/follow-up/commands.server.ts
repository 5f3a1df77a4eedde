import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { endLinks } from '#foundation/links/private-links.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findStanding } from '#rooms/cases/read.server.ts';
import { findValueMap } from '../read.server.ts';
import { countRealised } from '../realised/commands.server.ts';
import { tellHelpers } from '../success/commands.server.ts';
import { findFollowUp, findOpenFollowUps } from './read.server.ts';
import type { Finding } from './read.server.ts';
import { answerFollowUpSchema } from './schema.ts';

/**
 * The holder says how it stands at a check: from the mail in one tap, or signed in (A14). Whether what loomed has happened is a fact that
 * replaces the assumption in what was realised; when the goal was reached, everyone who helped is told (A16).
 */
export const answerFollowUp = command({
	act: 'follow_up.answer',
	schema: answerFollowUpSchema,
	async run(deed, input): Promise<Outcome<{ caseId: string; told: number | null }>> {
		deed.about('follow_up', input.followUpId);
		const seen = await findFollowUp(deed.tx, deed.actor, deed.now, input.followUpId);
		if (!seen) return refuse('not_found');
		deed.about('follow_up', input.followUpId, seen.caseId);
		const standing = await findStanding(deed.tx, deed.actor, deed.now, seen.caseId);
		if (!standing) return refuse('not_found');
		if (!standing.mySeat.holder) return refuse('not_holder', { lift: { kind: 'person', personId: standing.holder.personId } });
		// Read again, now that the acts on the case wait for each other.
		const followUp = await findFollowUp(deed.tx, deed.actor, deed.now, input.followUpId);
		if (!followUp || followUp.state === 'answered') return refuse('already_answered');
		if (followUp.state === 'dropped') return refuse('wrong_state');
		if (!followUp.answerable) return refuse('too_early');

		const valueMap = await findValueMap(deed.tx, deed.actor, followUp.caseId);
		const looming = valueMap?.facts.looming ?? [];
		const unknown = input.findings.flatMap(({ flow }, index) =>
			flow < looming.length ? [] : [{ path: ['findings', index, 'flow'], code: 'not_a_choice' as const }]
		);
		if (unknown.length > 0) return refuseFields(unknown);

		const { networkId, personId, membershipId } = deed.actor;
		const { caseId, followUpId } = followUp;
		await deed.tx
			.insertInto('followUpAnswer')
			.values({ networkId, followUpId, caseId, outcome: input.outcome, personId, membershipId, at: deed.now })
			.execute();
		const findings = looming.map(({ price }, flow): Finding => ({
			flow,
			price,
			happened: input.findings.find((finding) => finding.flow === flow)?.happened ?? 'unknown'
		}));
		if (valueMap && findings.length > 0) {
			const { valueMapId } = valueMap;
			await deed.tx
				.insertInto('followUpFinding')
				.values(findings.map((finding) => ({ networkId, followUpId, caseId, valueMapId, ...finding, at: deed.now })))
				.execute();
			// Who cannot be reached any more tells nothing of what happened: it is missing, never a success.
			if (input.outcome !== 'contact_lost') await countRealised(deed, { caseId, followUpId, valueMap, findings, months: followUp.month });
		}
		await endLinks(deed, 'follow_up', followUpId);
		const told =
			input.outcome === 'reached' || input.outcome === 'partly' ? await tellHelpers(deed, caseId, input.outcome, followUpId) : null;
		return ok({ caseId, told });
	}
});

/** Lets go of the checks that still wait, when a case is closed: with why, which the caller has asked for. They count as missing. */
export async function dropFollowUps(deed: Deed, caseId: string, because: string): Promise<void> {
	const { networkId, personId, membershipId } = deed.actor;
	for (const { followUpId } of await findOpenFollowUps(deed.tx, deed.actor, deed.now, caseId)) {
		await deed.tx.insertInto('followUpDrop').values({ networkId, followUpId, caseId, personId, membershipId, at: deed.now }).execute();
		await deed.write({ caseId, aboutId: followUpId, part: 'not_followed', text: because });
	}
}
