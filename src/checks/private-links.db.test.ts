import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openScene, sure } from './scene.server.ts';
import type { Scene } from './scene.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { endLinks, ensureLink, linkPath, openLink } from '#foundation/links/private-links.server.ts';
import type { LinkPurpose } from '#foundation/links/private-links.server.ts';

/** A link that acts as someone: who holds it acts as that person in one thing, once, and nobody else at all. */

let scene: Scene;
beforeAll(async () => {
	scene = await openScene(11);
});
afterAll(() => scene.drop());

const day = 86_400_000;
const person = () => scene.actors.seated;

/** A link about something new: its id and its secret. */
async function make({ purpose = 'question' as LinkPurpose, days = 5, subjectId = scene.installation.world.id(), resident = false } = {}) {
	const { installation } = scene;
	const now = installation.world.now();
	const { networkId, personId, membershipId } = person();
	const wish = { networkId, purpose, subjectId, expiresAt: new Date(now.getTime() + days * day) };
	const linkId = await installation.door.job(networkId, now, (tx) =>
		ensureLink(installation, tx, now, { ...wish, ...(resident ? { personId: null, membershipId: null } : { personId, membershipId }) })
	);
	const path = await linkPath(installation, 'haven', { linkId, purpose });
	return { linkId, subjectId, path, token: path.split('/').at(-1) ?? '' };
}
const open = (token: string, purpose: LinkPurpose = 'question', slug = 'haven', installation: Installation = scene.installation) =>
	openLink(installation, purpose, slug, token);
const refused = (code: string) => ({ ok: false, refusal: { code } });
const owned = async (sql: string, values: unknown[]): Promise<void> => {
	const owner = await scene.database.connections.owner();
	try {
		await owner.query(sql, values);
	} finally {
		await owner.end();
	}
};
/** Ends the links about something as the person does who acts. */
const end = (subjectId: string, actor = person(), purpose: LinkPurpose = 'question') => {
	const now = scene.installation.world.now();
	return scene.installation.door.actor(actor, now, (tx) => endLinks({ tx, actor, now }, purpose, subjectId));
};

describe('a link', () => {
	test('acts as the person it was made for, by mail, about the one thing; looking uses nothing up', async () => {
		const { linkId, subjectId, token, path } = await make();
		expect(path).toBe(`/vraag/haven/${token}`);
		for (let look = 0; look < 3; look++)
			expect(sure(await open(token))).toMatchObject({
				...{ linkId, subjectId, slug: 'haven', purpose: 'question' },
				actor: { personId: person().personId, membershipId: person().membershipId, organisationId: person().organisationId, origin: 'mail' }
			});
	});

	test('is the same when it is asked for again, until it ended; then a new one', async () => {
		const first = await make();
		expect((await make({ subjectId: first.subjectId })).token).toBe(first.token);
		await end(first.subjectId);
		expect((await make({ subjectId: first.subjectId })).token).not.toBe(first.token);
	});

	test('acts as nobody when it is a resident’s', async () => {
		const { token } = await make({ purpose: 'resident', resident: true });
		expect(sure(await open(token, 'resident')).actor).toBeNull();
	});
});

describe('is refused', () => {
	test('when unknown, forged or no secret at all', async () => {
		const { token } = await make();
		const forged = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`;
		for (const wrong of [forged, token.slice(1), `${token}A`, '', 'x', '../..', "' or true --", token.toUpperCase()])
			expect(await open(wrong)).toMatchObject(refused('link_invalid'));
	});

	test('with the purpose of another', async () => {
		const { token } = await make();
		expect(await open(token, 'follow_up')).toMatchObject(refused('link_invalid'));
		expect(await open(token, 'resident')).toMatchObject(refused('link_invalid'));
	});

	test('under the name of another network, or of none', async () => {
		const { token } = await make();
		for (const slug of ['elders', 'nergens', 'HAVEN', '../haven', ''])
			expect(await open(token, 'question', slug)).toMatchObject(refused('link_invalid'));
	});

	test('from the moment it expires', async () => {
		const { token } = await make({ days: 5 });
		scene.installation.world.tick(5 * day - 1);
		expect((await open(token)).ok).toBe(true);
		scene.installation.world.tick(1);
		expect(await open(token)).toMatchObject(refused('link_expired'));
	});

	test('once used, by whichever door the act came in', async () => {
		const { token, subjectId } = await make();
		await end(subjectId);
		await end(subjectId);
		expect(await open(token)).toMatchObject(refused('link_used'));
	});

	test('once taken back', async () => {
		const { token, linkId } = await make();
		await owned("insert into private_link_end (network_id, link_id, reason, at) values ($1, $2, 'revoked', now())", [
			person().networkId,
			linkId
		]);
		expect(await open(token)).toMatchObject(refused('link_invalid'));
	});

	test('when the person left their organisation, or the organisation left the network', async () => {
		const { token } = await make();
		const now = scene.installation.world.now();
		await owned('update membership set valid_until = $1 where membership_id = $2', [now, person().membershipId]);
		expect(await open(token)).toMatchObject(refused('link_invalid'));
		await owned('update membership set valid_until = null where membership_id = $1', [person().membershipId]);
		expect((await open(token)).ok).toBe(true);
		await owned('update organisation set left_at = $1 where organisation_id = $2', [now, person().organisationId]);
		expect(await open(token)).toMatchObject(refused('link_invalid'));
		await owned('update organisation set left_at = null where organisation_id = $1', [person().organisationId]);
	});
});

test('someone else cannot use it up', async () => {
	const { token, subjectId } = await make();
	await end(subjectId, scene.actors.holder);
	await end(subjectId, person(), 'follow_up');
	expect((await open(token)).ok).toBe(true);
});

test('the secret stands nowhere in the database', async () => {
	const { token } = await make();
	const owner = await scene.database.connections.owner();
	const { rows } = await owner.query('select from private_link l where l::text like $1', [`%${token}%`]);
	await owner.end();
	expect(rows).toEqual([]);
});
