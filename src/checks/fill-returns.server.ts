import { command } from '#foundation/command/command.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { ok } from '#foundation/outcome.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { caseSchema } from '#rooms/cases/schema.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { answerFollowUp, dropFollowUps } from '#rooms/returns/follow-up/commands.server.ts';
import { followUpJobs } from '#rooms/returns/follow-up/jobs.server.ts';
import { listFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import { attachStudy, withdrawStudy } from '#rooms/returns/studies/commands.server.ts';
import { addPerson } from './more-people.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** The same installation at another moment. */
export const at = (installation: Installation, now: Date): Installation => ({
	...installation,
	world: { ...installation.world, now: () => now }
});

/** Half a year, and a bit. */
export const halfAYear = 184 * 86_400_000;

/** Plans and asks for follow-ups as it is done each day. */
export async function sweepFollowUps(installation: Installation, networkId: string, now: Date): Promise<void> {
	const handler = followUpJobs['daily.follow_ups'];
	if (!handler) throw new Error('Follow-ups are planned each day.');
	await handler(installation, {
		...{ id: installation.world.id(), kind: 'daily.follow_ups', networkId, payload: {}, now, tries: 0 },
		sendMail: () => Promise.reject(new Error('A sweep sends no letter.')),
		ask: () => Promise.reject(new Error('A sweep asks for no job.'))
	});
}

/** Closing lets the checks go that still wait; on its own here, so that a check can be let go in a case that stays open. */
export const letGo = command({
	act: 'case.close',
	schema: caseSchema,
	async run(deed, { caseId }) {
		deed.about('case', caseId, caseId);
		await dropFollowUps(deed, caseId, 'De bewoner is verhuisd.');
		return ok(null);
	}
});

/** A case that was helped today: an agreement was kept, its return was counted, its check is planned. */
export async function makeHelpedCase(
	{ installation, actors: scene }: Scene,
	actors: Pick<Scene['actors'], 'holder' | 'seated'> = scene,
	planned = true
): Promise<{ caseId: string; followUpId: string }> {
	const now = installation.world.now();
	const words = { stuck: 'De huur is niet betaald.', firstNeed: 'Tijd.', ownOrganisation: 'Wij wachten.', residentKnows: 'yes' };
	const { caseId } = sure(await openCase(installation, actors.holder, words));
	const seat = sure(
		await inviteToTable(installation, actors.holder, { caseId, membershipId: actors.seated.membershipId, message: 'Doe mee' })
	);
	sure(await acceptInvitation(installation, actors.seated, seat));
	const promise = { caseId, what: 'Bel de deurwaarder', dueOn: addDays(dayAt(now), 7), receiverId: actors.holder.personId };
	const { agreementId } = sure(await makeAgreement(installation, actors.seated, promise));
	sure(await reportAgreement(installation, actors.seated, { agreementId, outcome: 'kept' }));
	sure(await answerReport(installation, actors.holder, { agreementId, answer: 'confirmed' }));
	sure(
		await recordValueMap(installation, actors.holder, {
			...{ caseId, potCents: 4_000_00, horizonYears: 1, because: { chance: 'Het vonnis ligt er.' } },
			looming: [{ price: 'ontruiming-bond-voorbeeld', quantity: 1, years: 1, chancePercent: 75 }]
		})
	);
	if (!planned) return { caseId, followUpId: '' };
	await sweepFollowUps(installation, actors.holder.networkId, now);
	const [check] = await installation.door.actor(actors.holder, now, (tx) => listFollowUps(tx, actors.holder, now, caseId));
	if (!check) throw new Error('A helped case is followed up.');
	return { caseId, followUpId: check.followUpId };
}

/** Assumptions with their owner, a check that was asked and answered and one that was let go, and thanks to who helped. */
export async function fillReturns(scene: Scene): Promise<void> {
	const { installation } = scene;
	// Who sits at no other case: other tests count the cases of the people they know.
	const actors = { holder: await addPerson(scene, ['professional']), seated: await addPerson(scene, ['professional']) };
	const { followUpId } = await makeHelpedCase(scene, actors);
	const later = new Date(installation.world.now().getTime() + halfAYear);
	await sweepFollowUps(installation, actors.holder.networkId, later);
	const answer = { followUpId, outcome: 'reached', findings: [{ flow: 0, happened: 'no' }] };
	sure(await answerFollowUp(at(installation, later), actors.holder, answer));
	sure(await letGo(installation, actors.holder, { caseId: (await makeHelpedCase(scene, actors)).caseId }));
	const study = {
		title: 'Eerst een huis',
		source: 'Hogeschool Haven',
		year: 2024,
		says: 'Met alle uren erbij 1,4.',
		url: 'https://example.org/x'
	};
	const { studyId } = sure(await attachStudy(installation, scene.actors.facilitator, study));
	sure(await withdrawStudy(installation, scene.actors.facilitator, { studyId }));
}
