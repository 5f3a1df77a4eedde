import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { findForAct } from '../commands.server.ts';
import { maySayMore } from './rules.ts';
import { didMoreSchema } from './schema.ts';

/**
 * The receiver says that the other did more than agreed (H4), in one tap, with a sentence if they want. It is told to the promiser and to nobody else,
 * and counts nowhere: what is counted is soon done for the count.
 */
export const didMore = command({
	act: 'agreement.did_more',
	schema: didMoreSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.agreementId);
		if (!found.ok) return found;
		const { agreement, standing } = found.value;
		const { networkId, personId, membershipId } = deed.actor;
		const { agreementId, caseId } = agreement;
		if (agreement.receiverId !== personId) return refuse('not_receiver', { lift: { kind: 'person', personId: agreement.receiverId } });
		if (!isUnderWay(standing.state)) return refuse('wrong_state', { lift: { kind: 'person', personId: standing.holder.personId } });
		if (!maySayMore(agreement.state)) return refuse('not_reported', { lift: { kind: 'person', personId: agreement.personId } });
		const before = await deed.tx
			.selectFrom('agreementDidMore')
			.select('at')
			.where('networkId', '=', networkId)
			.where('agreementId', '=', agreementId)
			.executeTakeFirst();
		if (before) return refuse('already_said', { lift: { kind: 'person', personId: agreement.personId } });
		const doubts = findDoubts({ words: input.words });
		if (doubts.length > 0 && !input.acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		// Not with the words of the case: those the whole table reads, and finds by searching.
		const wordsId = deed.id();
		const key = { networkId, caseId };
		const sealed =
			input.words === undefined || input.words.trim() === ''
				? null
				: await deed.keyring.sealWords(key, { aboutId: agreementId, part: 'did_more', wordsId }, input.words);
		await deed.tx
			.insertInto('agreementDidMore')
			.values({
				...{ networkId, agreementId, caseId, personId, membershipId, at: deed.now },
				...(sealed === null ? {} : { wordsId, ciphertext: Buffer.from(sealed) })
			})
			.execute();
		await deed.tell('mail.did_more', { caseId, personId: agreement.personId });
		return ok(null);
	}
});
