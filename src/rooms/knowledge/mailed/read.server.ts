import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { isAccountOf, openLink } from '#foundation/links/private-links.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { getQuestionPage } from '../conversation/read.server.ts';
import type { QuestionPage } from '../conversation/read.server.ts';
import { findAsk } from '../read.server.ts';
import type { Ask } from '../read.server.ts';

/** The link in a letter, and who is signed in on the browser that opens it. */
export interface MailedLink {
	readonly slug: string;
	readonly token: string;
	readonly accountId: string | null;
}

/**
 * As whom the link in a letter acts, and about which ask; uses nothing up. To who is signed in as someone else it does not exist: a letter
 * that was forwarded acts for nobody. Refuses `link_invalid`, `link_used`, `link_expired`, `not_found`.
 */
export async function openQuestionLink(installation: Installation, link: MailedLink): Promise<Outcome<{ actor: Actor; askId: string }>> {
	const opened = await openLink(installation, 'question', link.slug, link.token);
	if (!opened.ok) return opened;
	const { actor, subjectId } = opened.value;
	if (!actor) return refuse('link_invalid');
	if (link.accountId !== null && !(await isAccountOf(installation, actor, link.accountId))) return refuse('not_found');
	return ok({ actor, askId: subjectId });
}

/** The question behind the link in a letter, for who it was made for. */
export async function getMailedQuestion(
	installation: Installation,
	link: MailedLink
): Promise<Outcome<{ page: QuestionPage; myAsk: Ask }>> {
	const opened = await openQuestionLink(installation, link);
	if (!opened.ok) return opened;
	const { actor, askId } = opened.value;
	const found = await read(installation, actor, (tx) => findAsk(tx, actor, askId));
	const page = await getQuestionPage(installation, actor, found?.question.questionId ?? askId);
	if (!page.ok) return page;
	const { myAsk } = page.value;
	return myAsk ? ok({ page: page.value, myAsk }) : refuse('not_found');
}
