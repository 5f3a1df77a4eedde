import { askAgain } from '#rooms/fund/requests/again/commands.server.ts';
import { passCompletions, passTerms } from '#rooms/fund/requests/jobs.server.ts';
import { judgeRequest, standAside } from '#rooms/fund/requests/judging/commands.server.ts';
import { getRequestPaper } from '#rooms/fund/requests/paper/read.server.ts';
import { dropEntry } from '#rooms/fund/requests/steps/commands.server.ts';
import { askMore, voteOnRequest } from '#rooms/fund/requests/votes/commands.server.ts';
import { confirmRule, proposeRule } from '#rooms/fund/rules-in-force/commands.server.ts';
import { lapse } from './granted.server.ts';
import { openRequestScene } from './request-scene.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A rule of the pot that was confirmed; a small request that was agreed to and waits for money, one that deserves more, one before the secretariat,
 * one that lapsed and was asked again, and an acute one that was not completed. */
export async function fillRequests(scene: Scene): Promise<void> {
	const { installation, actors, officers } = scene;
	const rule = sure(
		await proposeRule(installation, officers.treasurer, { setting: 'reservation_days', value: '60', fromDay: '2026-11-23' })
	);
	sure(await confirmRule(installation, actors.administrator, { ...rule, answer: 'confirmed' }));
	const room = await openRequestScene(scene, { money: false });
	const { wijk, kade, gemeente } = room.voters;
	const small = await room.ask();
	for (const voter of [wijk, kade, gemeente]) sure(await voteOnRequest(installation, voter, { askId: small.askOf(voter) }));
	const more = await room.ask();
	sure(await askMore(installation, wijk, { askId: more.askOf(wijk), text: 'Hier speelt meer.' }));
	const { requestId } = await room.send();
	sure(await judgeRequest(installation, officers.secretaryTwo, { requestId, verdict: 'grant' }));
	sure(await standAside(installation, officers.secretaryThree, { requestId }));
	const lapsed = await room.send({ amount: '10' });
	await room.setMoney(null, 10_00);
	for (const secretary of [officers.secretaryTwo, officers.secretaryThree])
		sure(await judgeRequest(installation, secretary, { requestId: lapsed.requestId, verdict: 'grant' }));
	await lapse(scene, lapsed.requestId);
	await room.setMoney(null, 0);
	sure(await askAgain(installation, actors.holder, { requestId: lapsed.requestId }));
	const acute = await room.send({ acute: true });
	const [scheme] = sure(await getRequestPaper(installation, actors.holder, acute.requestId)).filled.schemes;
	installation.world.tick(1000);
	sure(await dropEntry(installation, actors.holder, { requestId: acute.requestId, entryId: scheme?.entryId }));
	await passCompletions(installation, actors.holder.networkId, new Date(installation.world.now().getTime() + 15 * 86_400_000));
	const later = new Date(installation.world.now().getTime() + 7 * 86_400_000);
	await passTerms(installation, actors.holder.networkId, later);
}
