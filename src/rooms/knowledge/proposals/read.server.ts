import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { openNewestWords } from '#foundation/command/words.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Keyring } from '#foundation/keyring/keyring.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { isLanguage, languageName, yearBefore } from '#rooms/people/profiles/rules.ts';
import { ask, findCandidates, mostCompared } from '../matching/read.server.ts';
import type { Asked } from '../matching/read.server.ts';
import { fitOf, leastFit } from '../matching/rules.ts';
import { tokenizer } from '../words/read.server.ts';
import { phrasesOf, propose, rank, weights } from './rules.ts';
import type { Candidate, Proposal } from './rules.ts';

/** The load that counts is that of four weeks. */
const loadMs = 28 * 86_400_000;

interface ProfileRow {
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationId: string;
	readonly topics: string;
	readonly schemes: string;
	readonly livedExperience: string;
	readonly languages: readonly string[];
	readonly area: string;
	readonly updatedAt: Date;
	readonly asks: number;
}

/** What a case says of what is needed, made ready to find who knows and what helped before. Of who does not sit at its table nothing is read. */
export async function askForCase(tx: Tx, keyring: Keyring, actor: Actor, caseId: string): Promise<Asked> {
	const words = await openNewestWords(tx, keyring, { networkId: actor.networkId, caseId }, caseId, ['stuck', 'first_need', 'looming']);
	return ask(tx, actor, [...(words?.values() ?? [])]);
}

/**
 * Who may know what to do in a case at whose table the actor sits (B2), best first: from any organisation, available and willing, not at the
 * table yet.
 */
export async function proposeColleagues(
	tx: Tx,
	keyring: Keyring,
	actor: Actor,
	now: Date,
	caseId: string,
	asked?: Asked
): Promise<Proposal[]> {
	return propose(
		await rankColleagues(tx, actor, now, asked ?? (await askForCase(tx, keyring, actor, caseId)), caseId),
		actor.organisationId
	);
}

/** Everyone whose profile answers something of a question, best first, before the list is composed. */
export async function rankColleagues(tx: Tx, actor: Actor, now: Date, asked: Asked, caseId: string): Promise<Proposal[]> {
	const { docIds, query } = await findCandidates(tx, actor, 'profile', asked);
	const profiles = await listProfiles(tx, actor, now, caseId, docIds);
	const pieces = profiles.map((profile) =>
		(
			[
				['schemes', phrasesOf(profile.schemes)],
				['topics', phrasesOf(profile.topics)],
				['lived_experience', phrasesOf(profile.livedExperience)],
				['languages', profile.languages],
				['area', phrasesOf(profile.area)]
			] as const
		).flatMap(([kind, phrases]) =>
			phrases.map((phrase) => ({ kind, phrase, text: kind === 'languages' ? languageInCase(phrase) : phrase }))
		)
	);
	const tokensOf = await tokenizer(
		tx,
		pieces.flat().map(({ text }) => text)
	);
	const candidates = profiles.map(({ personId, membershipId, organisationId, asks, updatedAt }, index): Candidate => ({
		...{ personId, membershipId, organisationId, asks, stale: updatedAt < yearBefore(now) },
		fits: (pieces[index] ?? []).flatMap(
			({ kind, phrase, text }) => fitOf(query, { kind, phrase, tokens: tokensOf(text), weight: weights[kind] }, asked.lexicon) ?? []
		)
	}));
	return rank(candidates, caseId, leastFit);
}

/** The profiles of who may be asked, of the best found as many as are compared whole. */
async function listProfiles(tx: Tx, actor: Actor, now: Date, caseId: string, personIds: readonly string[]): Promise<ProfileRow[]> {
	if (personIds.length === 0) return [];
	const { rows } = await sql<ProfileRow>`
		select f.person_id, m.membership_id, m.organisation_id, f.topics, f.schemes, f.lived_experience, f.languages, f.area, f.updated_at, coalesce(l.asks, 0)::int as asks
		from unnest(${[...personIds]}::uuid[]) with ordinality d(person_id, place)
		join profile f on f.network_id = ${actor.networkId} and f.person_id = d.person_id
		cross join lateral (
			-- Who works for two organisations is asked once, for the one where they began last.
			select v.membership_id, v.organisation_id from membership v
			join organisation o on o.network_id = v.network_id and o.organisation_id = v.organisation_id and (o.left_at is null or o.left_at > ${now})
			where v.network_id = f.network_id and v.person_id = f.person_id and v.valid_from <= ${now} and (v.valid_until is null or v.valid_until > ${now})
			order by v.valid_from desc, v.membership_id desc limit 1
		) m
		left join app.count_asks(${new Date(now.getTime() - loadMs)}) l on l.person_id = f.person_id
		where f.available and f.willing and f.person_id <> ${actor.personId}
			and not exists (
				select from case_seat s where s.network_id = f.network_id and s.case_id = ${caseId} and s.person_id = f.person_id
					and s.valid_from <= ${now} and (s.valid_until is null or s.valid_until > ${now})
			)
		order by d.place limit ${mostCompared}`.execute(tx);
	return rows;
}

/** How a language is called in the words of a case. By its code everyone who speaks German would fit every case: "de" is an article. */
const languageInCase = (code: string): string => (isLanguage(code) ? languageName('nl', code, (key) => say('nl', key)) : code);
