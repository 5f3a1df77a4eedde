import type pg from 'pg';
import messagesEn from '#messages/en.json' with { type: 'json' };
import messagesNl from '#messages/nl.json' with { type: 'json' };
import type { Scene } from '../scene.server.ts';
import type { CaseIds } from './addresses.ts';
import type { Asker } from './served-scene.ts';

/** Something of a case that must not be shown to who does not sit at its table: what was written (with its part), its pseudonym, an id. */
export interface Secret {
	readonly caseId: string;
	readonly kind: 'words' | 'pseudonym' | 'id';
	readonly part?: string;
	/** What the words are about. */
	readonly aboutId?: string;
	readonly text: string;
}

/** All that can be told of the cases of a scene, and who may be told. */
export interface Known {
	readonly secrets: readonly Secret[];
	readonly cases: readonly CaseIds[];
	/** Who sits where: person and case. */
	readonly seated: ReadonlySet<string>;
	/** What someone was asked, or asked, without sitting anywhere: person, and the question, their own ask in it, a message of that conversation, or a claim on the organisation that they bind. */
	readonly asked: ReadonlySet<string>;
}

/** Reads everything that stands in the cases of a scene, past every rule: the words opened, the pseudonyms, the ids. */
export async function listSecrets({ installation, actors }: Scene, owner: pg.Client): Promise<Known> {
	const { networkId } = actors.holder;
	const { rows: cases } = await owner.query<{ case_id: string; pseudonym: string }>(
		'select case_id, pseudonym from case_record where network_id = $1 order by opened_at, case_id',
		[networkId]
	);
	const everything = await Promise.all(
		cases.map(async (one) => ({ caseId: one.case_id, ids: await listCaseIds(owner, networkId, one.case_id) }))
	);
	const { rows: sealed } = await owner.query<{ case_id: string; words_id: string; about_id: string; part: string; ciphertext: Buffer }>(
		'select case_id, words_id, about_id, part, ciphertext from case_words where network_id = $1',
		[networkId]
	);
	// A story without names is for everyone once two organisations released it; until then its words are as hidden as any.
	const { rows: told } = await owner.query<{ body: string }>('select body from told_story where network_id = $1', [networkId]);
	const released = new Set(told.map(({ body }) => body));
	const sentences = [...Object.values(messagesNl), ...Object.values(messagesEn)].join('\n').toLowerCase();
	const secrets: Secret[] = [
		...cases.map((one): Secret => ({ caseId: one.case_id, kind: 'pseudonym', text: one.pseudonym })),
		...everything.flatMap((one) => one.ids.map((id): Secret => ({ caseId: one.caseId, kind: 'id', text: id })))
	];
	for (const row of sealed) {
		const text = await installation.keyring.openWords(
			{ networkId, caseId: row.case_id },
			{ aboutId: row.about_id, part: row.part, wordsId: row.words_id },
			row.ciphertext
		);
		if (row.part === 'story' && text !== null && released.has(text)) continue;
		// A few words of a test's story stand in the product's own sentences too, as an example.
		if (text !== null && text.length >= 8 && !sentences.includes(text.toLowerCase()))
			secrets.push({ caseId: row.case_id, kind: 'words', part: row.part, aboutId: row.about_id, text });
	}
	const { rows: seats } = await owner.query<{ person_id: string; case_id: string }>(
		'select person_id, case_id from case_seat where valid_until is null'
	);
	const { rows: asks } = await owner.query<{ person_id: string; id: string }>(`
		select person_id, question_id as id from question_ask union select asked_by, question_id from question union select person_id, ask_id from question_ask
		union select q.asked_by, k.ask_id from question q join question_ask k using (network_id, question_id)
		union select k.person_id, m.message_id from question_ask k join conversation_message m using (network_id, ask_id)
		union select q.asked_by, m.message_id from question q join conversation_message m using (network_id, question_id)
		union select m.person_id, c.claim_id from claim c join membership m using (network_id, organisation_id) where m.roles && array['administrator', 'governor', 'treasurer']`);
	const asked = new Set(asks.map((ask) => `${ask.person_id} ${ask.id}`));
	return { secrets, asked, cases: everything, seated: new Set(seats.map((seat) => `${seat.person_id} ${seat.case_id}`)) };
}

/** The ids of a case: of each table in which it stands, the last column of the key that is not somebody's own or, as of a lesson, everybody's; and the case itself. */
async function listCaseIds(owner: pg.Client, networkId: string, caseId: string): Promise<string[]> {
	const { rows: tables } = await owner.query<{ name: string; key: string }>(`
		select c.oid::regclass::text as name, (array(select a.attname::text from unnest(i.indkey) with ordinality k(num, place)
			join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num and a.atttypid = 'uuid'::regtype
				and a.attname not in ('person_id', 'membership_id', 'organisation_id', 'lesson_id') order by k.place desc))[1] as key
		from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_index i on i.indrelid = c.oid and i.indisprimary
		where c.relkind = 'r' and n.nspname = 'public'
			and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)`);
	const ids = new Set([caseId]);
	for (const { name, key } of tables) {
		if (name === 'log_line' || name === 'search_document' || name === 'case_words') continue;
		const { rows } = await owner.query<{ id: string }>(
			`select distinct ${key} as id from ${name} where network_id = $1 and case_id = $2 order by 1 limit 3`,
			[networkId, caseId]
		);
		for (const { id } of rows) ids.add(id);
	}
	return [...ids];
}

const decoded = (body: string): string =>
	body
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&')
		.replaceAll('\\"', '"');

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What of these secrets stands in an answer. What was asked for, an id or a word that was searched, may come back as the question itself. */
export function shownIn(question: string, answer: string, hidden: readonly Secret[]): string[] {
	const text = decoded(answer);
	const own = new Set(question.match(idPattern));
	return hidden
		.filter((secret) => !own.has(secret.text) && text.includes(secret.text))
		.map((secret) => `${secret.part ?? secret.kind}: ${secret.text}`);
}

/** The secrets that someone must not be shown: those of every case at whose table they do not sit, save what they were asked. */
export function hiddenFrom(scene: Scene, { secrets, seated, asked }: Known, asker: Asker, mayRead: (secret: Secret) => boolean): Secret[] {
	const everyone: Partial<Record<Asker, { readonly personId: string }>> = { ...scene.actors, ...scene.officers };
	const personId = everyone[asker]?.personId;
	const wasAsked = ({ text, aboutId = text }: Secret): boolean => asked.has(`${personId} ${aboutId}`);
	// A story of one case may say the same as that of another: then it is no secret of either.
	const told = new Set(
		secrets.filter((secret) => seated.has(`${personId} ${secret.caseId}`) || wasAsked(secret) || mayRead(secret)).map(({ text }) => text)
	);
	return secrets.filter(({ text }) => !told.has(text));
}
