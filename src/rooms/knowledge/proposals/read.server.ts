import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { searchableText } from '#foundation/search/search-words.ts';
import { say } from '#foundation/text/say.server.ts';
import { isLanguage, languageName } from '#rooms/people/profiles/rules.ts';
import { phrasesOf, propose } from './rules.ts';
import type { Candidate, Match, ProfileKind, Proposal } from './rules.ts';

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
	readonly asks: number;
}

/**
 * Who may know what to do in a case at whose table the actor sits (B2), best first: from any organisation, available and willing, not at the
 * table yet. The words of the case are compared where they stand indexed; nobody else's eyes are needed for it.
 */
export async function proposeColleagues(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<Proposal[]> {
	const profiles = await listProfiles(tx, actor, now, caseId);
	const phrases = profiles.flatMap((profile, index) =>
		(
			[
				['schemes', phrasesOf(profile.schemes)],
				['topics', phrasesOf(profile.topics)],
				['lived_experience', phrasesOf(profile.livedExperience)],
				['languages', profile.languages],
				['area', phrasesOf(profile.area)]
			] as const
		).flatMap(([kind, texts]) =>
			texts.map((phrase) => ({ index, kind, phrase, ...(kind === 'languages' ? { said: languageInCase(phrase) } : {}) }))
		)
	);
	const matches = await matchPhrases(tx, actor, caseId, phrases);
	return propose(
		profiles.map(({ personId, membershipId, organisationId, asks }, index): Candidate => ({
			...{ personId, membershipId, organisationId, asks },
			matches: matches.get(index) ?? []
		})),
		actor.organisationId
	);
}

async function listProfiles(tx: Tx, actor: Actor, now: Date, caseId: string): Promise<ProfileRow[]> {
	const { rows } = await sql<ProfileRow>`
		select f.person_id, m.membership_id, m.organisation_id, f.topics, f.schemes, f.lived_experience, f.languages, f.area, coalesce(l.asks, 0)::int as asks
		from profile f
		cross join lateral (
			-- Who works for two organisations is asked once, for the one where they began last.
			select v.membership_id, v.organisation_id from membership v
			join organisation o on o.network_id = v.network_id and o.organisation_id = v.organisation_id and (o.left_at is null or o.left_at > ${now})
			where v.network_id = f.network_id and v.person_id = f.person_id and v.valid_from <= ${now} and (v.valid_until is null or v.valid_until > ${now})
			order by v.valid_from desc, v.membership_id desc limit 1
		) m
		left join app.count_asks(${new Date(now.getTime() - loadMs)}) l on l.person_id = f.person_id
		where f.network_id = ${actor.networkId} and f.available and f.willing and f.person_id <> ${actor.personId}
			and not exists (
				select from case_seat s where s.network_id = f.network_id and s.case_id = ${caseId} and s.person_id = f.person_id
					and s.valid_from <= ${now} and (s.valid_until is null or s.valid_until > ${now})
			)`.execute(tx);
	return rows;
}

/** How a language is called in the words of a case. By its code everyone who speaks German would fit every case: "de" is an article. */
const languageInCase = (code: string): string => (isLanguage(code) ? languageName('nl', code, (key) => say('nl', key)) : code);

/**
 * Compares phrases with the words of the case: by Dutch stems, and letter by letter.
 * @param phrases `said`: as it would stand in the case, where that is not the phrase itself
 */
export async function matchPhrases<Kind extends string = ProfileKind>(
	tx: Tx,
	actor: Actor,
	caseId: string,
	phrases: readonly { readonly index: number; readonly kind: Kind; readonly phrase: string; readonly said?: string }[]
): Promise<Map<number, Match<Kind>[]>> {
	const matches = new Map<number, Match<Kind>[]>();
	if (phrases.length === 0) return matches;
	const { rows } = await sql<{ place: number; stems: number; found: number; similarity: number }>`
		with said as (
			select distinct on (w.part) w.part, d.terms, d.folded
			from case_words w
			join search_document d on d.network_id = w.network_id and d.case_id = w.case_id and d.words_id = w.words_id
			where w.network_id = ${actor.networkId} and w.case_id = ${caseId} and w.about_id = ${caseId} and w.part in ('stuck', 'first_need', 'looming')
			order by w.part, w.at desc, w.words_id desc
		), the_case as (
			select coalesce(string_agg(left(s.folded, 2000), ' ' order by s.part), '') as folded,
				array(select distinct t.stem from said x cross join lateral unnest(tsvector_to_array(x.terms)) t(stem)) as stems
			from said s
		)
		select p.place::int, cardinality(p.stems) as stems, word_similarity(p.folded, c.folded)::float8 as similarity,
			(select count(*)::int from unnest(p.stems) s(stem) where s.stem = any(c.stems)) as found
		from (
			select u.place, u.folded, tsvector_to_array(to_tsvector('dutch', u.folded)) as stems
			from unnest(${phrases.map(({ phrase, said }) => searchableText(said ?? phrase).text)}::text[]) with ordinality u(folded, place)
		) p
		cross join the_case c
		`.execute(tx);
	for (const { place, stems, found, similarity } of rows) {
		const phrase = phrases[place - 1];
		if (!phrase) continue;
		const list = matches.get(phrase.index) ?? [];
		list.push({ kind: phrase.kind, phrase: phrase.phrase, stems, found, similarity });
		matches.set(phrase.index, list);
	}
	return matches;
}
