import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import { openNewestWords } from '#foundation/command/words.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listNames, listPeople } from '#rooms/people/read.server.ts';
import type { AgreementKind } from '../rules.ts';

/** What someone who can decide is asked: the agreement, nothing else of the case. */
export interface AskedVersion {
	readonly askId: string;
	readonly versionId: string;
	readonly agreementId: string;
	readonly caseId: string;
	readonly number: number;
	readonly dueOn: string;
	readonly amountCents: number | null;
	readonly kind: AgreementKind;
	/** Who asks: the promiser. */
	readonly personId: string;
	readonly membershipId: string;
	readonly receiverId: string;
	readonly offeredBy: string;
	readonly versionAt: Date;
	readonly askedAt: Date;
	readonly answer: 'accepted' | 'declined' | 'withdrawn' | null;
	readonly caseClosed: boolean;
}

/** What the actor was asked to decide, newest first. */
export async function listAsked(tx: Tx, only: { readonly askId?: string; readonly waiting?: boolean } = {}): Promise<AskedVersion[]> {
	const { rows } = await sql<AskedVersion>`
		select * from app.asked_versions() v
		where (${only.askId ?? null}::uuid is null or v.ask_id = ${only.askId ?? null}::uuid)
			and (not ${only.waiting ?? false} or (v.answer is null and not v.case_closed and app.ask_stands(v.ask_id)))
		order by v.asked_at desc, v.ask_id desc`.execute(tx);
	return rows;
}

/** Whether what the actor was asked still waits for them. */
export async function askStands(tx: Tx, askId: string): Promise<boolean> {
	const { rows } = await sql<{ stands: boolean }>`select app.ask_stands(${askId}) as stands`.execute(tx);
	return rows[0]?.stands === true;
}

/** An ask with its words and who are in it. */
export interface AskPage extends AskedVersion {
	readonly what: string | null;
	readonly proof: string | null;
	readonly asker: { readonly displayName: string; readonly organisationName: string };
	readonly receiver: { readonly displayName: string; readonly organisationName: string };
}

async function describe(tx: Tx, keyring: Keyring, actor: Actor, ask: AskedVersion): Promise<AskPage> {
	const key = { networkId: actor.networkId, caseId: ask.caseId };
	const words = await openNewestWords(tx, keyring, key, ask.versionId, ['agreement', 'proof']);
	const asker = (await listNames(tx, actor, [ask.membershipId])).get(ask.membershipId);
	const receiver = (await listPeople(tx, actor, [ask.receiverId])).get(ask.receiverId);
	if (!asker || !receiver) throw new Error('Who asks and who receives stand in the network.');
	return { ...ask, what: words?.get('agreement') ?? null, proof: words?.get('proof') ?? null, asker, receiver };
}

/** What I am asked to decide: what, how much, by when, to whom. Looking leaves a line at the case. */
export async function getMyAsk(installation: Installation, actor: Actor, askId: string): Promise<Outcome<AskPage>> {
	const now = installation.world.now();
	// The line names the case, which only the ask itself can tell.
	const [seen] = await installation.door.actor(actor, now, (tx) => listAsked(tx, { askId }));
	const about = { act: 'agreement.read_ask', kind: 'agreement_ask', id: askId, ...(seen ? { caseId: seen.caseId } : {}) } as const;
	return readLogged(installation, actor, about, async (tx) => {
		const [ask] = await listAsked(tx, { askId });
		return ask ? describe(tx, installation.keyring, actor, ask) : null;
	});
}

/** What waits for me to decide, with its words. */
export async function listMyDecisions(tx: Tx, keyring: Keyring, actor: Actor): Promise<AskPage[]> {
	const asked = await listAsked(tx, { waiting: true });
	const asks: AskPage[] = [];
	for (const ask of asked) asks.push(await describe(tx, keyring, actor, ask));
	return asks;
}
