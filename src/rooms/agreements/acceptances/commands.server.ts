import type { Deed } from '#foundation/command/command.server.ts';
import { acceptanceId, proveAcceptance } from './rules.ts';
import type { AcceptanceFacts } from './rules.ts';

/** The version of an agreement that someone accepts or declines. */
export type AcceptedVersion = Omit<AcceptanceFacts, 'networkId' | 'answer' | 'personId' | 'membershipId' | 'at' | 'wordsHash'>;

/** Records that the actor bound themselves to a version, accepted it or declined it; the line of this act in the log names the acceptance. */
export async function recordAcceptance(deed: Deed, version: AcceptedVersion, answer: 'accepted' | 'declined'): Promise<string> {
	const { networkId, personId, membershipId } = deed.actor;
	const { caseId, agreementId, versionId } = version;
	const wordsHash = await deed.hashWords({ caseId, aboutId: versionId, parts: ['agreement', 'proof'] });
	const proof = proveAcceptance({ ...version, networkId, answer, personId, membershipId, at: deed.now, wordsHash });
	const id = acceptanceId(proof);
	deed.about('acceptance', id, caseId);
	await deed.tx
		.insertInto('agreementAcceptance')
		.values({
			...{ networkId, acceptanceId: id, versionId, agreementId, caseId, answer, personId, membershipId },
			...{ wordsHash, proof, at: deed.now }
		})
		.execute();
	return id;
}
