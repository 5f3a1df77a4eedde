import { acceptInvitation } from '#rooms/cases/commands.server.ts';
import { answerChain, offerChain } from '#rooms/chain/agreement/commands.server.ts';
import { findChain } from '#rooms/chain/agreement/read.server.ts';
import { countOrders, measureProject } from '#rooms/chain/measures/commands.server.ts';
import { closeProject, openProject } from '#rooms/chain/projects/commands.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Actor } from '#foundation/actor.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A measure as it is offered: on its way from 7 to 8. */
export const kpiOffered = (title: string) => ({
	...{ code: 'tenant_rating', title, unit: 'cijfer', better: 'higher', baseline: '7', baselineOn: '2026-01-01' },
	steps: [
		{ aim: '7,5', homes: '1500' },
		{ aim: '8', dueOn: '2027-12-31' }
	]
});

/** An agreement of a chain between these. */
export const chainOffered = (projectId: string, coordinators: readonly Actor[]) => ({
	...{ projectId, startsOn: '2026-12-01', demand: 'Elke woning droog en heel.', conflict: 'We bellen dezelfde dag.' },
	coordinators: coordinators.map(({ membershipId }) => membershipId),
	kpis: ['Klanttevredenheid', 'Besparing', 'Kwaliteit'].map(kpiOffered)
});

/** A project of the client, with the other side at its table. */
export async function openChain({ installation }: Pick<Scene, 'installation'>, opener: Actor, other: Actor): Promise<string> {
	const wish = {
		title: 'Daken aan de haven',
		part: 'client',
		veraSubject: 'PLN',
		membershipId: other.membershipId,
		message: 'Doe je mee?'
	};
	const { projectId, invitationId } = sure(await openProject(installation, opener, wish));
	sure(await acceptInvitation(installation, other, { invitationId }));
	return projectId;
}

/** A project with everything in it, that is closed. */
export async function fillChain(scene: Scene): Promise<void> {
	const { installation, actors, officers } = scene;
	const [opener, other] = [officers.administratorTwo, officers.governor];
	const projectId = await openChain(scene, opener, other);
	const { versionId } = sure(await offerChain(installation, opener, chainOffered(projectId, [opener, other])));
	sure(await answerChain(installation, other, { projectId, versionId, answer: 'accepted' }));
	const chain = await read(installation, opener, (tx) => findChain(tx, actors.holder, projectId));
	const readings = (chain.current?.kpis ?? []).map(({ kpiId }) => ({ kpiId, value: '7,5', onDay: '2026-01-31' }));
	sure(await measureProject(installation, other, { projectId, readings }));
	sure(await countOrders(installation, other, { projectId, untilDay: '2026-01-31', orders: 20, checked: 10, remarks: 0 }));
	const statuses = [{ status: 'TEC', orders: 12 }];
	sure(await countOrders(installation, other, { projectId, untilDay: '2026-02-28', statuses, checked: 6, remarks: 1 }));
	sure(await closeProject(installation, opener, { projectId }));
}
