import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';

/** What a receiver said when the other did more than agreed. */
export interface More {
	/** A sentence, when they wrote one. */
	readonly words: string | null;
	readonly at: Date;
}

/** By agreement: what was said between the actor and another at this table; nothing of what others said to each other. */
export async function listMore(
	tx: Tx,
	keyring: Keyring,
	actor: Pick<Actor, 'networkId'>,
	caseId: string
): Promise<ReadonlyMap<string, More>> {
	const rows = await tx
		.selectFrom('agreementDidMore')
		.select(['agreementId', 'wordsId', 'ciphertext', 'at'])
		.where('networkId', '=', actor.networkId)
		.where('caseId', '=', caseId)
		.execute();
	const said = new Map<string, More>();
	for (const { agreementId, wordsId, ciphertext, at } of rows) {
		const key = { networkId: actor.networkId, caseId };
		const words =
			wordsId === null || ciphertext === null
				? null
				: await keyring.openWords(key, { aboutId: agreementId, part: 'did_more', wordsId }, ciphertext);
		said.set(agreementId, { words, at });
	}
	return said;
}
