import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { searchableText } from '#foundation/search/search-words.ts';
import { findDoubts } from '#foundation/text/doubts.ts';
import { profileText } from './rules.ts';
import { profileSchema } from './schema.ts';

/** Someone keeps their own profile (B1): what they left empty is taken out. Nobody keeps another's. */
export const keepProfile = command({
	act: 'profile.keep',
	schema: profileSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const { networkId, personId } = deed.actor;
		deed.about('profile', personId);
		const { acknowledged, ...profile } = input;
		const { topics, schemes, livedExperience, area } = profile;
		const doubts = findDoubts({ topics, schemes, livedExperience, area });
		if (doubts.length > 0 && !acknowledged) return refuse('needs_acknowledgement', { fields: doubts });
		const { text, folded } = searchableText(profileText(profile));
		const values = {
			...profile,
			languages: [...new Set(profile.languages)],
			updatedAt: deed.now,
			terms: sql<string>`to_tsvector('dutch', ${text})`,
			folded
		};
		await deed.tx
			.insertInto('profile')
			.values({ networkId, personId, ...values })
			.onConflict((conflict) => conflict.columns(['networkId', 'personId']).doUpdateSet(values))
			.execute();
		return ok(null);
	}
});
