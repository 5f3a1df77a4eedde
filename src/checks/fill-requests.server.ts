import { confirmRule, proposeRule } from '#rooms/fund/rules-in-force/commands.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A rule of the pot that was confirmed. */
export async function fillRequests({ installation, actors, officers }: Scene): Promise<void> {
	const rule = sure(
		await proposeRule(installation, officers.treasurer, { setting: 'reservation_days', value: '60', fromDay: '2026-11-23' })
	);
	sure(await confirmRule(installation, actors.administrator, { ...rule, answer: 'confirmed' }));
}
