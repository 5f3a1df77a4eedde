import { sql } from 'kysely';
import { roles as allRoles } from '../actor.ts';
import type { Actor, Role } from '../actor.ts';
import type { Deed } from '../command/command.server.ts';
import type { Tx } from '../database/door.server.ts';
import { hashOf, isSecret, keyedHash } from '../identity/secret.server.ts';
import type { Installation } from '../installation.ts';
import { ok, refuse } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';

/** What a private link is for, and the word in its address. */
const paths = {
	question: 'vraag',
	follow_up: 'opvolging',
	resident: 'bewoner',
	calendar: 'agenda'
} as const;
export type LinkPurpose = keyof typeof paths;

/** A link that works: what it is about, and who acts by it. */
export interface OpenedLink {
	readonly linkId: string;
	readonly purpose: LinkPurpose;
	readonly subjectId: string;
	readonly expiresAt: Date;
	readonly networkId: string;
	readonly slug: string;
	/** As whom it acts, with origin `mail`; null for a resident. */
	readonly actor: Actor | null;
}

/** The secret in a link: whoever has the key of this installation can make it again from the id, and nobody else. */
const secretOf = async (installation: Pick<Installation, 'keyring'>, linkId: string): Promise<string> =>
	keyedHash(await installation.keyring.secret('private-link'), linkId).toString('base64url');

/** Path and secret of a link, from the origin on. It is a secret: for a letter or a page to its owner, never for a log or a queue. */
export const linkPath = async (
	installation: Pick<Installation, 'keyring'>,
	slug: string,
	link: { readonly linkId: string; readonly purpose: LinkPurpose }
): Promise<string> => `/${paths[link.purpose]}/${slug}/${await secretOf(installation, link.linkId)}`;

export interface LinkWish {
	readonly networkId: string;
	readonly purpose: LinkPurpose;
	readonly subjectId: string;
	/** Null for a resident. */
	readonly personId: string | null;
	readonly membershipId: string | null;
	readonly expiresAt: Date;
}

/**
 * The link for someone about something: the one that stands, or a new one. Called in the transaction of the job that sends it, so that a job
 * that is done twice sends the same link.
 * @returns the id of the link
 */
export async function ensureLink(
	installation: Pick<Installation, 'keyring' | 'world'>,
	tx: Tx,
	now: Date,
	wish: LinkWish
): Promise<string> {
	const standing = await tx
		.selectFrom('privateLink as l')
		.leftJoin('privateLinkEnd as e', (join) => join.onRef('e.networkId', '=', 'l.networkId').onRef('e.linkId', '=', 'l.linkId'))
		.select('l.linkId')
		.where('l.networkId', '=', wish.networkId)
		.where('l.purpose', '=', wish.purpose)
		.where('l.subjectId', '=', wish.subjectId)
		.where('l.personId', 'is not distinct from', wish.personId)
		.where('l.expiresAt', '>', now)
		.where('e.linkId', 'is', null)
		.orderBy('l.madeAt', 'desc')
		.limit(1)
		.executeTakeFirst();
	return standing ? standing.linkId : makeLink(installation, tx, now, wish);
}

/** A new link, whether or not another stands. Answers its id. */
export async function makeLink(installation: Pick<Installation, 'keyring' | 'world'>, tx: Tx, now: Date, wish: LinkWish): Promise<string> {
	const linkId = installation.world.id();
	await tx
		.insertInto('privateLink')
		.values({ ...wish, linkId, tokenHash: hashOf(await secretOf(installation, linkId)), madeAt: now })
		.execute();
	return linkId;
}

interface LinkRow {
	readonly linkId: string;
	readonly purpose: string;
	readonly subjectId: string;
	readonly expiresAt: Date;
	readonly ended: 'used' | 'revoked' | null;
	readonly personId: string | null;
	readonly membershipId: string | null;
	readonly organisationId: string | null;
	readonly roles: readonly string[] | null;
	readonly acts: boolean;
}

/**
 * Looks at a link, for the page with its button: uses nothing up, for mail scanners open links too.
 * Refuses `link_invalid` (unknown, taken back, or of someone who left), `link_used`, `link_expired`.
 */
export async function openLink(
	installation: Installation,
	purpose: LinkPurpose,
	slug: string,
	token: string
): Promise<Outcome<OpenedLink>> {
	if (!isSecret(token) || !/^[a-z0-9-]{1,40}$/.test(slug)) return refuse('link_invalid');
	const network = await installation.door.findNetwork(slug);
	if (!network) return refuse('link_invalid');
	const { networkId } = network;
	const now = installation.world.now();
	const row = await installation.door.link(networkId, now, async (tx) => {
		const { rows } = await sql<LinkRow>`select * from app.find_private_link(${hashOf(token)})`.execute(tx);
		return rows[0];
	});
	if (!row || row.purpose !== purpose || row.ended === 'revoked') return refuse('link_invalid');
	if (row.ended === 'used') return refuse('link_used');
	if (row.expiresAt <= now) return refuse('link_expired');
	const { personId, membershipId, organisationId } = row;
	let actor: Actor | null = null;
	if (personId !== null) {
		if (!row.acts || membershipId === null || organisationId === null) return refuse('link_invalid');
		const roles = (row.roles ?? []).filter((role): role is Role => (allRoles as readonly string[]).includes(role));
		actor = { networkId, personId, membershipId, organisationId, roles, origin: 'mail' };
	}
	return ok({ linkId: row.linkId, purpose, subjectId: row.subjectId, expiresAt: row.expiresAt, networkId, slug, actor });
}

/**
 * Uses up the links that were sent to the actor about something, in the transaction of the act they were for: also when the act came in by
 * another door, so that an old mail cannot act again.
 */
export async function endLinks(deed: Pick<Deed, 'tx' | 'actor' | 'now'>, purpose: LinkPurpose, subjectId: string): Promise<void> {
	const { networkId, personId } = deed.actor;
	const links = await deed.tx
		.selectFrom('privateLink')
		.select('linkId')
		.where('networkId', '=', networkId)
		.where('purpose', '=', purpose)
		.where('subjectId', '=', subjectId)
		.where('personId', '=', personId)
		.execute();
	for (const { linkId } of links)
		await deed.tx
			.insertInto('privateLinkEnd')
			.values({ networkId, linkId, reason: 'used', at: deed.now })
			.onConflict((conflict) => conflict.columns(['networkId', 'linkId']).doNothing())
			.execute();
}

/** Whether an account is that of the person for whom a link acts: to who is signed in as someone else, a link that was forwarded does not exist. */
export const isAccountOf = (installation: Installation, actor: Actor, accountId: string): Promise<boolean> =>
	installation.door.actor(actor, installation.world.now(), async (tx) => {
		const person = await tx
			.selectFrom('person')
			.select('accountId')
			.where('networkId', '=', actor.networkId)
			.where('personId', '=', actor.personId)
			.executeTakeFirst();
		return person?.accountId === accountId;
	});
