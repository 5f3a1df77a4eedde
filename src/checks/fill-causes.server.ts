import type { Outcome } from '#foundation/outcome.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { declineHandOver, offerHandOver } from '#rooms/cases/hand-over/commands.server.ts';
import { closeCase, nameCause, skipCause } from '#rooms/causes/commands.server.ts';
import { confirmSignalRule, proposeSignalRule } from '#rooms/causes/signal-rule/commands.server.ts';
import { askOther, declineSignal, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { answerLetter, recordLetter } from '#rooms/causes/letters/commands.server.ts';
import { answerPublication, proposePublication } from '#rooms/causes/publication/commands.server.ts';
import { publicationJobs } from '#rooms/causes/publication/jobs.server.ts';
import { confirmRelease } from '#rooms/causes/releases/commands.server.ts';
import { acceptYearly, bringYearly, lookBackYearly, recordYearly } from '#rooms/causes/yearly/commands.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { signalJobs } from '#rooms/causes/signals/jobs.server.ts';
import { runDaily } from './run-daily.server.ts';
import type { Scene } from './scene.server.ts';

const sure = <T>(outcome: Outcome<T>): T => {
	if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
	return outcome.value;
};
const caseWords = { stuck: 'De intake wacht.', firstNeed: 'Een plek.', ownOrganisation: 'Wij kunnen bellen.', residentKnows: 'yes' };

/** What is named in these cases: they share one cause of the colleagues' own organisation. */
export const sharedCause = (scene: Scene) => ({
	cause: 'work_habit',
	responsible: scene.actors.colleague.organisationId,
	title: 'Wie drinkt, komt de intake niet door'
});

/** As many new cases with one cause as open a signal, each with the same holder; their ids. */
export async function nameOften(scene: Scene, times = 3, named: object = sharedCause(scene)): Promise<string[]> {
	const caseIds: string[] = [];
	for (let time = 0; time < times; time++) {
		const { caseId } = sure(await openCase(scene.installation, scene.actors.holder, caseWords));
		sure(await nameCause(scene.installation, scene.actors.holder, { caseId, ...named }));
		scene.installation.world.tick(1000);
		caseIds.push(caseId);
	}
	return caseIds;
}

/** Causes, a signal, and an offer to hold a case that was declined: a row in every table of this room. */
export async function fillCauses(scene: Scene): Promise<void> {
	const { installation, actors } = scene;
	const [caseId = ''] = await nameOften(scene);
	sure(await skipCause(installation, actors.holder, { caseId }));
	const invitation = await inviteToTable(installation, actors.holder, {
		caseId,
		membershipId: actors.invited.membershipId,
		message: 'Neem jij het over?'
	});
	sure(await acceptInvitation(installation, actors.invited, sure(invitation)));
	sure(
		await offerHandOver(installation, actors.holder, {
			caseId,
			membershipId: actors.invited.membershipId,
			stays: 'no',
			message: 'Ik ga weg.'
		})
	);
	sure(await declineHandOver(installation, actors.invited, { caseId }));
	// The rule as it stands, proposed by one and confirmed by another; a reminder of the signal above.
	const { officers } = scene;
	const { ruleId } = sure(await proposeSignalRule(installation, officers.governor, { cases: 3, months: 12, quietMonths: 6 }));
	sure(await confirmSignalRule(installation, actors.administrator, { ruleId, answer: 'confirmed' }));
	await fillOwners(scene);
	await fillPublication(scene);
	await fillLetter(scene);
	await fillYearly(scene);
	const later = new Date(installation.world.now().getTime() + 27 * 86_400_000);
	await signalJobs['daily.signals']?.(installation, {
		...{ id: installation.world.id(), kind: 'daily.signals', networkId: actors.holder.networkId, payload: {}, now: later, tries: 0 },
		sendMail: () => Promise.reject(new Error('A sweep sends no letter.')),
		ask: () => Promise.reject(new Error('A sweep asks for no job.'))
	});
}

/** A cause that was handed back and asked of another, and one whose changed rule holds since long while nobody brings cases in. */
async function fillOwners(scene: Scene): Promise<void> {
	const { installation, actors } = scene;
	const cause = { cause: 'work_habit', responsible: actors.colleague.organisationId };
	const open = async (title: string): Promise<string> => {
		await nameOften(scene, 3, { ...cause, title });
		const signals = await installation.door.actor(actors.colleague, installation.world.now(), (tx) =>
			listSignals(tx, actors.colleague.networkId)
		);
		return signals[0]?.signalId ?? '';
	};
	const back = await open('Een loket dat niet belt');
	sure(await declineSignal(installation, actors.colleague, { signalId: back, words: 'Dit is van een ander.' }));
	installation.world.tick(1000);
	sure(await askOther(installation, actors.facilitator, { signalId: back, responsible: actors.holder.organisationId }));
	const changed = await open('Een formulier van twaalf bladen');
	sure(await takeUpSignal(installation, actors.colleague, { signalId: changed, dueOn: '2030-01-01' }));
	installation.world.tick(1000);
	sure(await putInForce(installation, actors.colleague, { signalId: changed, words: 'Het is één blad.', changedOn: '2025-01-01' }));
	installation.world.tick(1000);
}

/** A cause that is public, with its answer released by two. */
async function fillPublication(scene: Scene): Promise<void> {
	const { installation, actors, officers } = scene;
	const { networkId, organisationId } = actors.colleague;
	const named = { cause: 'work_habit', responsible: organisationId, title: 'Een brief die niemand leest' };
	// Helped all the same, each of them: exceptions of which the register tells.
	for (const caseId of await nameOften(scene, 5, named)) {
		sure(await closeCase(installation, actors.holder, { caseId, ...named, outcome: 'helped' }));
		installation.world.tick(1000);
	}
	const [signal] = await installation.door.actor(actors.colleague, installation.world.now(), (tx) => listSignals(tx, networkId));
	const { publicationId } = sure(await proposePublication(installation, officers.governor, { causeId: signal?.causeId ?? '' }));
	const { releaseId } = sure(await answerPublication(installation, actors.administrator, { publicationId, words: 'Wij kijken ernaar.' }));
	sure(await confirmRelease(installation, officers.governor, { releaseId, answer: 'released' }));
	const later = new Date(installation.world.now().getTime() + 32 * 86_400_000);
	await publicationJobs['daily.publications']?.(installation, {
		...{ id: installation.world.id(), kind: 'daily.publications', networkId, payload: {}, now: later, tries: 0 },
		sendMail: () => Promise.reject(new Error('A sweep sends no letter.')),
		ask: () => Promise.reject(new Error('A sweep asks for no job.'))
	});
}

/** A law that leaves no local room, of which a letter was sent and answered. */
async function fillLetter(scene: Scene): Promise<void> {
	const { installation, actors } = scene;
	await nameOften(scene, 5, { cause: 'law_no_local_room', responsible: 'ministry', title: 'Een wet zonder ruimte' });
	const [signal] = await installation.door.actor(actors.colleague, installation.world.now(), (tx) =>
		listSignals(tx, actors.colleague.networkId)
	);
	const sentOn = dayAt(installation.world.now());
	const sent = { causeId: signal?.causeId ?? '', addressee: 'ministry', sentOn };
	const { letterId } = sure(await recordLetter(installation, actors.holder, sent));
	sure(await answerLetter(installation, actors.colleague, { letterId, answer: 'other', answeredOn: sentOn, words: 'Zij kijken ernaar.' }));
}

/** An agreement for a year with an offer of each of two parties, accepted by one; and one of years ago that one party looks back on. */
async function fillYearly(scene: Scene): Promise<void> {
	const { installation, actors, officers } = scene;
	const wish = {
		year: '2027',
		title: 'Wie wacht, wacht korter',
		organisationIds: [officers.governor.organisationId],
		dueOn: dayAt(installation.world.now())
	};
	const { itemId } = sure(await bringYearly(installation, actors.holder, wish));
	sure(await recordYearly(installation, actors.holder, { itemId, kind: 'offer', words: 'Wij houden woningen vrij.' }));
	installation.world.tick(1000);
	const { stepId } = sure(await recordYearly(installation, officers.governor, { itemId, kind: 'offer', words: 'Wij betalen vooruit.' }));
	sure(await acceptYearly(installation, officers.governor, { itemId, stepId }));
	const old = sure(await bringYearly(installation, actors.holder, { ...wish, year: '2020' }));
	let last = '';
	for (const actor of [actors.holder, officers.governor]) {
		installation.world.tick(1000);
		last = sure(await recordYearly(installation, actor, { ...old, kind: 'offer', words: 'Wij doen mee.' })).stepId;
	}
	for (const actor of [officers.administratorTwo, officers.governor])
		sure(await acceptYearly(installation, actor, { ...old, stepId: last }));
	await runDaily(scene, 'daily.yearly');
	sure(await lookBackYearly(installation, officers.governor, { ...old, how: 'kept', words: 'Het hielp.', goesOn: 'yes' }));
}
