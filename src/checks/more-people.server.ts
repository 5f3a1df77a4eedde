import type { Actor, Role } from '#foundation/actor.ts';
import type { Scene } from './scene.server.ts';

/** Someone more in the first network of a scene, with roles of their own, in the organisation of a colleague who is there. */
export async function addPerson(scene: Scene, roles: readonly Role[], beside: Actor = scene.actors.colleague): Promise<Actor> {
	const { world, identity } = scene.installation;
	const [personId, membershipId] = [world.id(), world.id()];
	const accountId = await identity.ensureAccount({ email: `${personId}@haven.example`, locale: 'nl' });
	const owner = await scene.database.connections.owner();
	try {
		const name = `Iemand ${roles.join(' en ')}`;
		await owner.query(
			'insert into person (network_id, person_id, account_id, display_name, name_sort, made_at) values ($1, $2, $3, $4, $5, $6)',
			[beside.networkId, personId, accountId, name, name.toLowerCase(), world.now()]
		);
		await owner.query(
			'insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
			[beside.networkId, membershipId, personId, beside.organisationId, name, roles, world.now()]
		);
	} finally {
		await owner.end();
	}
	return { ...beside, personId, membershipId, roles };
}

/** Lets someone work for a second organisation too: that of a colleague who is there. */
export async function addMembership(scene: Scene, person: Actor, roles: readonly Role[], beside: Actor): Promise<Actor> {
	const { world } = scene.installation;
	const membershipId = world.id();
	const owner = await scene.database.connections.owner();
	try {
		await owner.query(
			'insert into membership (network_id, membership_id, person_id, organisation_id, function_title, roles, valid_from) values ($1, $2, $3, $4, $5, $6, $7)',
			[beside.networkId, membershipId, person.personId, beside.organisationId, 'ook hier', roles, world.now()]
		);
	} finally {
		await owner.end();
	}
	return { ...beside, personId: person.personId, membershipId, roles };
}

/** Gives someone of a scene another role in place of theirs, also where they are looked up again (by a token). */
export async function addRole(scene: Scene, who: 'oversight' | 'checker', role: Role): Promise<void> {
	const owner = await scene.database.connections.owner();
	try {
		await owner.query('update membership set roles = $1 where membership_id = $2', [[role], scene.actors[who].membershipId]);
	} finally {
		await owner.end();
	}
}
