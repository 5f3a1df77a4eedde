import { read } from '#foundation/command/reading.server.ts';
import { isRefusalCode } from '#foundation/outcome.ts';
import { say } from '#foundation/text/say.server.ts';
import { chainPaperWord } from '#rooms/chain/papers/rules.ts';
import { listMyProjects } from '#rooms/chain/projects/read.server.ts';
import { listReportYears } from '#rooms/meetings/papers/read.server.ts';
import { mayMakePaper, paperKinds, paperWords } from '#rooms/meetings/papers/rules.ts';
import { actorOf } from '../../form.server.ts';
import type { PageServerLoad } from './$types.js';

/** The papers that one may have made. */
export const load: PageServerLoad = async (event) => {
	const actor = actorOf(event);
	const { projects, years } = await read(event.locals.installation, actor, async (tx, now) => ({
		projects: await listMyProjects(tx, actor),
		years: await listReportYears(tx, now)
	}));
	const refused = event.url.searchParams.get('niet') ?? '';
	return {
		title: say(event.locals.locale, 'papers.title'),
		refusal: isRefusalCode(refused) ? { code: refused } : null,
		papers: paperKinds.filter((kind) => mayMakePaper(kind, actor.roles)).map((kind) => ({ kind, word: paperWords[kind] })),
		years,
		chain: { word: chainPaperWord, projects: projects.length }
	};
};
