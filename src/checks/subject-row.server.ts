import type { SubjectKind } from '#rooms/cases/subjects/rules.ts';
import type { Scene } from './scene.server.ts';

/** A subject of the holder as the database has it, with nothing of a room that owns it. */
export async function openSubjectRow(scene: Scene, kind: SubjectKind): Promise<string> {
	const { installation, actors, database } = scene;
	const { networkId, personId, membershipId, organisationId } = actors.holder;
	const caseId = installation.world.id();
	const now = installation.world.now();
	await installation.keyring.createKey(networkId, caseId);
	const owner = await database.connections.owner();
	try {
		await owner.query('insert into subject values ($1, $2, $3, $4, $5, $6)', [networkId, caseId, kind, personId, membershipId, now]);
		await owner.query('insert into case_seat values ($1, $2, $3, $4, $5, $6, true, $4, $7)', [
			...[networkId, caseId, installation.world.id(), personId, membershipId, organisationId],
			now
		]);
	} finally {
		await owner.end();
	}
	return caseId;
}
