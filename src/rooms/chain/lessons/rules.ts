import type { Actor } from '#foundation/actor.ts';

/** What kind of agreement a lesson is about: forms that care and maintenance have in common. */
export const lessonForms = [
	'result',
	'response_time',
	'fixed_contact',
	'joint_planning',
	'sample_check',
	'open_book',
	'settle_conflict'
] as const;
export type LessonForm = (typeof lessonForms)[number];

const isLessonForm = (text: string): text is LessonForm => (lessonForms as readonly string[]).includes(text);

/** The form that was chosen in the address of a page; null: none. */
export function chosenForm({ searchParams }: URL): LessonForm | null {
	const chosen = searchParams.get('vorm') ?? '';
	return isLessonForm(chosen) ? chosen : null;
}

/** Who writes lessons down: every partner. */
export const mayTeach = (roles: readonly string[]): boolean =>
	['professional', 'facilitator', 'governor'].some((role) => roles.includes(role));

/** A lesson is put away by who made it, or by who facilitates. */
export const mayPutAway = (lesson: { readonly personId: string }, actor: Pick<Actor, 'personId' | 'roles'>): boolean =>
	lesson.personId === actor.personId || actor.roles.includes('facilitator');

/** How many are offered at once. */
export const offeredAtOnce = 3;
/** From so many word stems of its title in common on, a lesson is of like form. */
const stemsInCommon = 2;

/** What an agreement looks like: the form that was chosen, or else the word stems of what is promised. */
export interface Looks {
	readonly form: LessonForm | null;
	readonly stems: readonly string[];
}

/** The lessons of like form, the most alike first and of those alike the newest; at most three. Of a chosen form all are alike, and words do not count. */
export function lessonsLike<L extends { readonly form: LessonForm; readonly stems: readonly string[]; readonly at: Date }>(
	lessons: readonly L[],
	looks: Looks
): L[] {
	const wanted = new Set(looks.stems);
	const common = (lesson: L): number => new Set(lesson.stems.filter((stem) => wanted.has(stem))).size;
	const alike = lessons.filter((lesson) => (looks.form === null ? common(lesson) >= stemsInCommon : lesson.form === looks.form));
	return alike.toSorted((a, b) => common(b) - common(a) || b.at.getTime() - a.at.getTime()).slice(0, offeredAtOnce);
}
