import { actCodes } from '#foundation/command/acts.ts';
import { say } from '#foundation/text/say.server.ts';
import { readLogAsChecker } from '#rooms/table/roles/read.server.ts';
import { actorOf, found } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The log for a checker. The filter stands in the address: days and codes, nothing personal. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const asked = (name: string): string | undefined => event.url.searchParams.get(name) || undefined;
	const before = asked('voor');
	const wish = { from: asked('van'), until: asked('tot'), act: asked('wat'), result: asked('uitkomst'), caseId: asked('casus')?.trim() };
	const log = found(
		await readLogAsChecker(installation, actorOf(event), {
			...wish,
			caseId: wish.caseId !== undefined && idPattern.test(wish.caseId) ? wish.caseId : undefined,
			before: before !== undefined && idPattern.test(before) ? before : undefined
		})
	);
	const again = new URLSearchParams(event.url.searchParams);
	if (log.next !== null) again.set('voor', log.next);
	return { title: say(locale, 'checker.title'), ...log, wish, acts: [...actCodes], nextQuery: log.next === null ? null : again.toString() };
};
