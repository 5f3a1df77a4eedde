import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import { lessonsLike } from './rules.ts';
import type { LessonForm } from './rules.ts';

export interface Lesson {
	readonly lessonId: string;
	readonly form: LessonForm;
	readonly title: string;
	readonly did: string;
	readonly changed: string;
	/** Which figure shows it; empty when none does. */
	readonly shows: string;
	readonly personId: string;
	readonly membershipId: string;
	readonly organisationName: string;
	readonly at: Date;
	readonly retired: boolean;
	/** The word stems of its title. */
	readonly stems: readonly string[];
	/** In how many cases it was taken over, and kept there; null while that is fewer than three. */
	readonly cases: number | null;
	readonly kept: number | null;
	/** The project it came from, to who sits there. */
	readonly projectId: string | null;
}

/** The lessons of the network, the newest first; those that were put away last. */
export async function listLessons(tx: Tx, actor: Pick<Actor, 'networkId'>): Promise<Lesson[]> {
	const { rows } = await sql<Omit<Lesson, 'cases' | 'kept'> & { cases: string | null; kept: string | null }>`
		select l.lesson_id, l.form, l.title, l.did, l.changed, l.shows, l.person_id, l.membership_id, o.name as organisation_name, l.at,
			e.lesson_id is not null as retired, tsvector_to_array(to_tsvector('dutch', l.title)) as stems, f.cases, f.kept, s.project_id
		from lesson l
		join organisation o on o.network_id = l.network_id and o.organisation_id = l.organisation_id
		left join lesson_end e on e.network_id = l.network_id and e.lesson_id = l.lesson_id
		left join lesson_source s on s.network_id = l.network_id and s.lesson_id = l.lesson_id
		left join app.figure_lessons() f on f.lesson_id = l.lesson_id
		where l.network_id = ${actor.networkId}
		order by retired, l.lesson_id desc`.execute(tx);
	return rows.map((row) => ({
		...row,
		cases: row.cases === null ? null : Number(row.cases),
		kept: row.kept === null ? null : Number(row.kept)
	}));
}

/** One lesson, or null. */
export const findLesson = async (tx: Tx, actor: Pick<Actor, 'networkId'>, lessonId: string): Promise<Lesson | null> =>
	(await listLessons(tx, actor)).find((lesson) => lesson.lessonId === lessonId) ?? null;

/** The lessons of like form that stand: of the form that was chosen, or whose title has words in common with what is promised. */
export async function lessonsFor(
	tx: Tx,
	actor: Pick<Actor, 'networkId'>,
	like: { readonly form: LessonForm | null; readonly text: string }
): Promise<Lesson[]> {
	const { rows } = await sql<{ stems: string[] }>`select tsvector_to_array(to_tsvector('dutch', ${like.text})) as stems`.execute(tx);
	const standing = (await listLessons(tx, actor)).filter(({ retired }) => !retired);
	return lessonsLike(standing, { form: like.form, stems: rows[0]?.stems ?? [] });
}

/** The lessons after which an agreement was made, to who sits at its table. */
export const listUsed = async (tx: Tx, actor: Pick<Actor, 'networkId'>, agreementId: string): Promise<string[]> =>
	(
		await tx
			.selectFrom('lessonUse')
			.select('lessonId')
			.where('networkId', '=', actor.networkId)
			.where('agreementId', '=', agreementId)
			.execute()
	).map(({ lessonId }) => lessonId);
