import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { makePaper } from '#foundation/paper/paper.server.ts';
import { createFormat } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import type { Locale, Text } from '#foundation/text/text.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { tellingOf } from '#rooms/cases/telling/rules.ts';
import { getNetwork, listOrganisationNames } from '#rooms/network/read.server.ts';
import { listLessons } from '../lessons/read.server.ts';
import type { Lesson } from '../lessons/read.server.ts';
import { coursesOfVersion } from '../measures/read.server.ts';
import { suggestShare } from '../measures/rules.ts';
import { getProject, listMyProjects } from '../projects/read.server.ts';
import type { ProjectTable } from '../projects/read.server.ts';
import { chainPaper } from './rules.ts';
import type { ChainSummary } from './rules.ts';

/** So many lessons of others stand in the workbook. */
const lessonsOfOthers = 6;

/** What of a project stands on paper, for who sits at its table. */
function summaryOf(t: Text, table: ProjectTable, names: ReadonlyMap<string, string>, lessons: readonly Lesson[], today: Day): ChainSummary {
	const telling = tellingOf(t, table);
	const version = table.chain.current ?? table.chain.pending;
	return {
		...{ title: table.facts.title, state: table.state, beganAt: table.facts.at, parties: table.parties },
		agreements: table.agreements.length,
		kept: table.agreements.filter(({ state }) => state === 'kept').length,
		chain: version && {
			waits: table.chain.current === null,
			demand: telling.words(version.versionId, 'demand') ?? t('words.gone'),
			conflict: telling.words(version.versionId, 'conflict') ?? t('words.gone'),
			coordinators: version.coordinators.map(({ organisationId, membershipId }) => ({
				organisation: names.get(organisationId) ?? '',
				name: table.names.get(membershipId)?.displayName ?? t('person.gone')
			}))
		},
		courses: version === null ? [] : coursesOfVersion(version, today),
		...{ orders: table.orders, share: suggestShare(table.orders) },
		lessons: lessons.filter(({ projectId }) => projectId === table.facts.projectId)
	};
}

/** The projects at whose table the actor sits, as they stand on paper; each is a reading of that project, and leaves its line in the log. */
export async function getChainSummary(installation: Installation, actor: Actor, t: Text): Promise<ChainSummary[]> {
	const { mine, names, lessons, today } = await read(installation, actor, async (tx, now) => ({
		mine: await listMyProjects(tx, actor),
		names: await listOrganisationNames(tx, actor),
		lessons: (await listLessons(tx, actor)).filter(({ retired }) => !retired),
		today: dayAt(now)
	}));
	const summaries: ChainSummary[] = [];
	for (const { projectId } of mine) {
		const found = await getProject(installation, actor, projectId);
		// Who just left its table reads it no more.
		if (found.ok) summaries.push(summaryOf(t, found.value, names, lessons, today));
	}
	return summaries;
}

/** The workbook on organising a chain, for everyone in the network: from their own projects, or blank to begin with. */
export async function getChainPaper(installation: Installation, actor: Actor, locale: Locale): Promise<Outcome<Uint8Array>> {
	const t = textFor(locale);
	const now = installation.world.now();
	const projects = await getChainSummary(installation, actor, t);
	const { network, lessons } = await read(installation, actor, async (tx) => ({
		network: (await getNetwork(tx, actor)).name,
		lessons: (await listLessons(tx, actor)).filter(({ retired, projectId }) => !retired && projectId === null).slice(0, lessonsOfOthers)
	}));
	return await makePaper(chainPaper(t, createFormat(locale), { network, now, projects, lessons }), now);
}

/** The same without a network: to be printed before there is a project. It is the same each time. */
export const getBlankChainPaper = (locale: Locale): Promise<Outcome<Uint8Array>> =>
	makePaper(chainPaper(textFor(locale), createFormat(locale), null), new Date('2026-01-01T00:00:00Z'));
