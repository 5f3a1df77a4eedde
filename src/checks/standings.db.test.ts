import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { acceptAsk, askDecider, declineAsk } from '#rooms/agreements/asks/commands.server.ts';
import { acceptChange, changeAgreement } from '#rooms/agreements/changes/commands.server.ts';
import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable, openCase } from '#rooms/cases/commands.server.ts';
import { openPair } from '#rooms/chain/pairs/commands.server.ts';
import { closeProject, openProject } from '#rooms/chain/projects/commands.server.ts';
import { getMyFigures } from '#rooms/table/roles/read.server.ts';
import { giveMandate } from './fill-agreements.server.ts';
import { caseWords, openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What a figure counts of the promises of people: what binds, by the day agreed on last, and nothing of a pair. */

let scene: Scene;
let caseId: string;
beforeAll(async () => {
	scene = await openScene(52);
	caseId = sure(await openCase(scene.installation, scene.actors.holder, caseWords)).caseId;
	await sit(caseId);
});
afterAll(() => scene.drop());

async function sit(at: string): Promise<void> {
	const { installation, actors } = scene;
	const input = { caseId: at, membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	sure(await acceptInvitation(installation, actors.seated, sure(await inviteToTable(installation, actors.holder, input))));
}

const figures = () => read(scene.installation, scene.actors.seated, (tx) => getMyFigures(tx));
const inDays = (days: number): string => addDays(dayAt(scene.installation.world.now()), days);
const words = (at = caseId) => ({ caseId: at, what: 'Ik bel', dueOn: inDays(1), receiverId: scene.actors.holder.personId });

test('a day that both moved is the day that counts; one that only one of them wants does not', async () => {
	const { installation, actors } = scene;
	const { agreementId } = sure(await makeAgreement(installation, actors.seated, words()));
	const { versionId } = sure(await changeAgreement(installation, actors.seated, { agreementId, what: 'Ik bel', dueOn: inDays(20) }));
	installation.world.tick(3 * 86_400_000);
	expect(await figures()).toMatchObject({ open: 0, overdue: 1 });
	sure(await acceptChange(installation, actors.holder, { agreementId, versionId }));
	expect(await figures()).toMatchObject({ open: 1, overdue: 0 });
	installation.world.tick(30 * 86_400_000);
	expect(await figures()).toMatchObject({ open: 0, overdue: 1 });
});

test('what waits for a decision or was refused counts nowhere, and counts once it was decided', async () => {
	const { installation, actors } = scene;
	await giveMandate(scene, 'colleague', { caseAmount: '500', periodAmount: '800' });
	const ask = async () =>
		sure(
			await askDecider(installation, actors.seated, {
				...{ ...words(), kind: 'on_behalf', amount: '100', insideRoom: true, deciderMembershipId: actors.colleague.membershipId }
			})
		);
	const before = await figures();
	const refused = await ask();
	expect(await figures()).toEqual(before);
	sure(await declineAsk(installation, actors.colleague, { askId: refused.askId }));
	installation.world.tick(2 * 86_400_000);
	expect(await figures()).toEqual(before);
	const granted = await ask();
	sure(await acceptAsk(installation, actors.colleague, { askId: granted.askId }));
	expect(await figures()).toEqual({ ...before, open: before.open + 1 });
});

test('a promise of a pair counts nowhere, that of a project does', async () => {
	const { installation, actors } = scene;
	const asked = { membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	const pair = sure(await openPair(installation, actors.holder, asked));
	const project = sure(await openProject(installation, actors.holder, { ...asked, title: 'Daken', part: 'client' }));
	const before = await figures();
	for (const [at, { invitationId }, counts] of [
		[pair.pairId, pair, 0],
		[project.projectId, project, 1]
	] as const) {
		sure(await acceptInvitation(installation, actors.seated, { invitationId }));
		sure(await makeAgreement(installation, actors.seated, words(at)));
		expect((await figures()).open - before.open).toBe(counts);
	}
});

test('what is not done when a project is closed is unfinished, and late no more', async () => {
	const { installation, actors } = scene;
	const wish = { title: 'Daken', part: 'client', membershipId: actors.seated.membershipId, message: 'Doe je mee?' };
	const { projectId, invitationId } = sure(await openProject(installation, actors.holder, wish));
	sure(await acceptInvitation(installation, actors.seated, { invitationId }));
	const before = await figures();
	sure(await makeAgreement(installation, actors.seated, words(projectId)));
	expect((await figures()).open).toBe(before.open + 1);
	installation.world.tick(3 * 86_400_000);
	const late = await figures();
	expect(late.overdue).toBeGreaterThan(0);
	sure(await closeProject(installation, actors.holder, { projectId }));
	expect((await figures()).overdue).toBe(late.overdue - 1);
});
