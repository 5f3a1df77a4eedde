import { createHmac } from 'node:crypto';
import type { CompiledQuery } from 'kysely';
import type { z } from 'zod';
import type { Actor, Origin } from '../actor.ts';
import type { Send, Tx } from '../database/door.server.ts';
import type { Installation } from '../installation.ts';
import type { Keyring } from '../keyring/keyring.server.ts';
import { makeLink } from '../links/private-links.server.ts';
import type { LinkWish } from '../links/private-links.server.ts';
import { changedBy, changedKind } from '../live/changed.server.ts';
import { writeLogLine } from '../log/line.server.ts';
import type { LogDoor, LogEntry, ObjectKind } from '../log/line.server.ts';
import { ok, refuse } from '../outcome.ts';
import type { Outcome, RefusalCode } from '../outcome.ts';
import { indexing } from '../search/index-words.server.ts';
import { parseInput } from '../text/field-errors.ts';
import type { ActCode } from './acts.ts';
import { canonicalWords, openNewestWords } from './words.server.ts';

/** What a command works with: its transaction, its actor, and what may only come from outside. */
export interface Deed {
	readonly tx: Tx;
	/** Sends a writing whose answer nobody needs, without waiting for it. */
	readonly send: Send;
	/**
	 * Sends, last of all, the writing on which the act stands or falls: its log line and word went before, and the commit comes right behind, so that what it
	 * locks is held for as short as can be. It refuses by an error 'LPREF' whose message is a code among these.
	 */
	settle(writing: CompiledQuery, refusals: readonly RefusalCode[]): void;
	readonly actor: Actor;
	readonly now: Date;
	/** A new UUIDv7. */
	id(): string;
	random(size: number): Uint8Array;
	/** For what is sealed otherwise than as words of a case: files, and what is kept under a key of its own. */
	readonly keyring: Keyring;
	/** Says what the act is about, for its log line. Said before anything can refuse. */
	about(kind: ObjectKind, objectId: string, caseId?: string): void;
	/** Leaves word in the outbox, in this transaction. The payload holds ids only. */
	tell(kind: `${string}.${string}`, payload: Readonly<Record<string, string>>): Promise<void>;
	/** Seals words under the key of their case and stores them, with their line in the search index. */
	write(words: { caseId: string; aboutId: string; part: WordsPart; text: string }): Promise<void>;
	/** Makes a private link, as the policies allow it, and answers its id. Its secret is made from that by `linkPath`, for who may see it. */
	makeLink(wish: Omit<LinkWish, 'networkId'>): Promise<string>;
	/** Proves the newest words of these parts, as they stand: an HMAC under a key made from the key of their case. Throws when that is gone. */
	hashWords(words: { caseId: string; aboutId: string; parts: readonly WordsPart[] }): Promise<Buffer>;
	/** Makes the key under which the words of a new case are sealed. */
	createKey(caseId: string): Promise<void>;
}

export type WordsPart =
	| 'stuck'
	| 'goal'
	| 'first_need'
	| 'own_organisation'
	| 'not_yet_because'
	| 'looming'
	| 'invitation'
	| 'agreement'
	| 'proof'
	| 'report'
	| 'cause'
	| 'objection'
	| 'objection_answer'
	| 'hand_over'
	| 'room_dispute'
	| 'question'
	| 'answer'
	| 'message'
	| 'assumption'
	| 'not_followed'
	| 'request_what'
	| 'request_supplier'
	| 'request_why'
	| 'request_goal'
	| 'request_no_words'
	| 'request_resident_does'
	| 'request_problem'
	| 'request_scheme'
	| 'request_scheme_why'
	| 'request_present'
	| 'request_looming'
	| 'request_proposed'
	| 'request_durability'
	| 'request_effects'
	| 'request_departs'
	| 'request_reply'
	| 'request_judgement'
	| 'request_condition'
	| 'request_who_helps'
	| 'claim_why'
	| 'case_item'
	| 'minutes'
	| 'minutes_why'
	| 'story'
	| 'demand'
	| 'conflict'
	| 'escalation'
	| 'escalation_reply'
	| 'escalation_proof';

/** How a call came in. */
export interface Call {
	/** Idempotency key: the same person with the same key does the act once and gets the same answer. */
	readonly key?: string;
}

export interface Command<V> {
	readonly act: ActCode;
	readonly schema: z.ZodType;
	(installation: Installation, actor: Actor, input: unknown, call?: Call): Promise<Outcome<V>>;
}

/** The input as a keyed hash: two calls with one key can be compared, and nothing of the text can be guessed from the row. */
async function hashInput(installation: Installation, act: ActCode, input: unknown): Promise<Buffer> {
	return createHmac('sha256', await installation.keyring.secret('command-key'))
		.update(`${act}\n${JSON.stringify(input)}`)
		.digest();
}

/**
 * Takes the key of a call. Another call with the same key that is under way is waited for, by the primary key.
 * @returns null when the key is new, else the answer that was given before.
 */
async function takeKey<V>(tx: Tx, actor: Actor, now: Date, act: ActCode, key: string, inputHash: Buffer): Promise<Outcome<V> | null> {
	const taken = await tx
		.insertInto('commandKey')
		.values({ networkId: actor.networkId, personId: actor.personId, key, act, inputHash, at: now })
		.onConflict((conflict) => conflict.columns(['networkId', 'personId', 'key']).doNothing())
		.executeTakeFirst();
	if (taken.numInsertedOrUpdatedRows === 1n) return null;
	const before = await tx
		.selectFrom('commandKey')
		.select(['act', 'inputHash', 'answer'])
		.where('networkId', '=', actor.networkId)
		.where('personId', '=', actor.personId)
		.where('key', '=', key)
		.executeTakeFirstOrThrow();
	if (before.act !== act || !before.inputHash.equals(inputHash)) return refuse('key_reused');
	return ok((before.answer as { value: V }).value);
}

/**
 * Makes the one way to do an act: parse, open the actor's transaction, let the room's rules decide, write, log, tell.
 * A refusal is logged as such and leaves nothing else behind; only what was done keeps its idempotency key.
 */
export function command<S extends z.ZodType, V>(spec: {
	readonly act: ActCode;
	readonly schema: S;
	readonly run: (deed: Deed, input: z.output<S>) => Promise<Outcome<V>> | Outcome<V>;
}): Command<V> {
	const run = async (installation: Installation, actor: Actor, input: unknown, call: Call = {}): Promise<Outcome<V>> => {
		const now = installation.world.now();
		const parsed = parseInput(spec.schema, input);
		if (!parsed.ok) return parsed;
		if (isCounted(actor.origin) && !(await installation.identity.keepsPace(actor.personId, 'act'))) return refuse('too_many_tries');
		const inputHash = call.key === undefined ? null : await hashInput(installation, spec.act, parsed.value);
		let settling: Settling | undefined;
		const attempt = () =>
			installation.door.actor(actor, now, async (tx, send) => {
				if (call.key !== undefined && inputHash !== null) {
					const before = await takeKey<V>(tx, actor, now, spec.act, call.key, inputHash);
					if (before) return before;
				}
				const deed = openDeed(installation, { tx, send }, actor, now);
				const outcome = await spec.run(deed, parsed.value);
				if (!outcome.ok) throw new Refused(outcome, deed.subject());
				writeLogLine(installation, { tx, send }, actor, now, { act: spec.act, result: 'done', ...deed.subject() });
				const changed = changedBy(deed.subject());
				if (changed) await deed.tell(changedKind, changed);
				if (call.key !== undefined) {
					send(
						tx
							.updateTable('commandKey')
							.set({ answer: JSON.stringify({ value: outcome.value ?? null }) })
							.where('networkId', '=', actor.networkId)
							.where('personId', '=', actor.personId)
							.where('key', '=', call.key)
							.compile()
					);
				}
				settling = deed.settling();
				if (settling) send(settling.writing);
				return outcome;
			});
		try {
			return await attempt();
		} catch (error) {
			const refused = error instanceof Refused ? error : refusedBy(error, settling);
			if (!refused) throw error;
			await installation.door.actor(actor, now, async (tx, send) =>
				writeLogLine(installation, { tx, send }, actor, now, {
					act: spec.act,
					result: refused.outcome.refusal.code === 'not_found' ? 'refused_reading' : 'refused',
					reason: refused.outcome.refusal.code,
					...refused.subject
				})
			);
			return refused.outcome;
		}
	};
	return Object.assign(run, { act: spec.act, schema: spec.schema });
}

/** What people and their programs do is counted; what the product or its administrator does is not. */
const isCounted = (origin: Origin): boolean => origin === 'page' || origin === 'api' || origin === 'mail';

type Subject = Pick<LogEntry, 'objectKind' | 'objectId' | 'caseId'>;

/** What an act stands or falls with, and about what it was. */
interface Settling {
	readonly writing: CompiledQuery;
	readonly refusals: readonly RefusalCode[];
	readonly subject: Subject;
}

/** The refusal that the last writing answered with; null when it failed otherwise. */
function refusedBy(error: unknown, settling: Settling | undefined): Refused | null {
	if (!settling || !(error instanceof Error) || !('code' in error) || error.code !== 'LPREF') return null;
	const code = settling.refusals.find((one) => one === error.message);
	const outcome = code === undefined ? null : refuse(code);
	return outcome === null || outcome.ok ? null : new Refused(outcome, settling.subject);
}

/** Carries a refusal out of the transaction so that it is rolled back; never leaves this file. */
class Refused extends Error {
	readonly outcome: Extract<Outcome<never>, { ok: false }>;
	readonly subject: Subject;
	constructor(outcome: Extract<Outcome<never>, { ok: false }>, subject: Subject) {
		super('refused');
		this.outcome = outcome;
		this.subject = subject;
	}
}

type OpenDeed = Deed & { subject(): Subject; settling(): Settling | undefined };

function openDeed(installation: Installation, { tx, send }: LogDoor, actor: Actor, now: Date): OpenDeed {
	let subject: Subject = { objectKind: 'network', objectId: actor.networkId };
	let settling: Omit<Settling, 'subject'> | undefined;
	return {
		tx,
		send,
		settle: (writing, refusals) => void (settling = { writing, refusals }),
		settling: () => settling && { ...settling, subject },
		actor,
		now,
		id: () => installation.world.id(),
		random: (size) => installation.world.random(size),
		keyring: installation.keyring,
		about(objectKind, objectId, caseId) {
			subject = { objectKind, objectId, ...(caseId === undefined ? {} : { caseId }) };
		},
		subject: () => subject,
		async tell(kind, payload) {
			send(
				tx
					.insertInto('outbox')
					.values({ networkId: actor.networkId, outboxId: installation.world.id(), kind, payload: JSON.stringify(payload), at: now })
					.compile()
			);
		},
		makeLink: (wish) => makeLink(installation, tx, now, { ...wish, networkId: actor.networkId }),
		async hashWords({ caseId, aboutId, parts }) {
			const words = await openNewestWords(tx, installation.keyring, { networkId: actor.networkId, caseId }, aboutId, parts);
			const hash = words && (await installation.keyring.hashWords({ networkId: actor.networkId, caseId }, canonicalWords(words)));
			if (!hash) throw new Error(`the key of case ${caseId} is gone`);
			return Buffer.from(hash);
		},
		createKey: (caseId) => installation.keyring.createKey(actor.networkId, caseId),
		async write({ caseId, aboutId, part, text }) {
			const wordsId = installation.world.id();
			const ciphertext = await installation.keyring.sealWords({ networkId: actor.networkId, caseId }, { aboutId, part, wordsId }, text);
			send(
				tx
					.insertInto('caseWords')
					.values({
						...{ networkId: actor.networkId, caseId, wordsId, aboutId, part },
						...{ ciphertext: Buffer.from(ciphertext), at: now, personId: actor.personId }
					})
					.compile()
			);
			send(indexing(tx, { networkId: actor.networkId, caseId, wordsId, text }));
		}
	};
}
