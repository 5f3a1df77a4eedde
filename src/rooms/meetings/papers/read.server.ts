import type { Actor } from '#foundation/actor.ts';
import { read } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { makePaper } from '#foundation/paper/paper.server.ts';
import type { Paper } from '#foundation/paper/paper.ts';
import { createFormat } from '#foundation/text/format.ts';
import type { Format } from '#foundation/text/format.ts';
import { textFor } from '#foundation/text/say.server.ts';
import type { Locale, Text } from '#foundation/text/text.ts';
import { dayAt } from '#foundation/time/days.ts';
import type { Day } from '#foundation/time/days.ts';
import { tellingOf } from '#rooms/cases/telling/rules.ts';
import { listCauseOverviews, listIntake } from '#rooms/causes/overview/read.server.ts';
import { lastMonths } from '#rooms/causes/overview/rules.ts';
import { listPublicCauses } from '#rooms/causes/publication/read.server.ts';
import { listStoriesBeside } from '#rooms/causes/stories/read.server.ts';
import { listYearly } from '#rooms/causes/yearly/read.server.ts';
import { listContributions } from '#rooms/fund/contributions/read.server.ts';
import { findScan, listScans } from '#rooms/network/conditions/read.server.ts';
import { getNetwork, listOrganisationNames, listOrganisations } from '#rooms/network/read.server.ts';
import { getNetworkStart } from '#rooms/network/start/read.server.ts';
import { getNetworkPage } from '#rooms/table/figures/read.server.ts';
import { getFiguresOfYear } from '#rooms/table/public/read.server.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { evaluationPaper } from './evaluation/rules.ts';
import { packPaper } from './pack/rules.ts';
import { mayMakePaper } from './rules.ts';
import type { PaperKind } from './rules.ts';
import { setUpPaper } from './set-up/rules.ts';
import { reportYears, yearlyReportPaper } from './yearly-report/rules.ts';
import type { YearlyReportState } from './yearly-report/rules.ts';

/** Half a year, as on the page of causes. */
const monthsOfUse = 6;

async function setUp(tx: Tx, actor: Actor, now: Date, t: Text, f: Format): Promise<Paper> {
	const { name } = await getNetwork(tx, actor);
	const start = await getNetworkStart(tx, actor);
	const organisations = await listOrganisations(tx, actor, now);
	const over = (await listScans(tx, actor)).find(({ isOver }) => isOver);
	const scan = over ? await findScan(tx, actor, over.roundId) : null;
	return setUpPaper(t, f, {
		network: name,
		now,
		sentences: new Map([...start.sentences].map(([part, { text }]) => [part, text])),
		interests: organisations.flatMap((organisation) => {
			const interest = start.interests.find(({ organisationId }) => organisationId === organisation.organisationId);
			return interest ? [{ ...interest, name: organisation.name }] : [];
		}),
		scan: scan?.lines ?? []
	});
}

async function pack(tx: Tx, actor: Actor, now: Date, t: Text, f: Format): Promise<Paper> {
	const { name, potName } = await getNetwork(tx, actor);
	return packPaper(t, f, {
		network: name,
		pot: potName,
		now,
		figures: await getNetworkPage(tx, actor, now),
		causes: await listCauseOverviews(tx, actor, now),
		stories: await listStoriesBeside(tx, actor),
		use: lastMonths(await listIntake(tx), dayAt(now), monthsOfUse),
		contributions: await listContributions(tx, actor),
		yearly: await listYearly(tx, actor.networkId),
		organisationNames: await listOrganisationNames(tx, actor)
	});
}

/** The years of which the actor may have a report made, the newest first. */
export const listReportYears = async (tx: Tx, now: Date): Promise<number[]> => reportYears(await findFirstMonth(tx), dayAt(now));

const findFirstMonth = async (tx: Tx): Promise<Day | null> => (await listIntake(tx))[0]?.month ?? null;

/** What the yearly report of a year is made from. */
export async function getYearlyReport(tx: Tx, actor: Actor, now: Date, year: number): Promise<YearlyReportState> {
	const { name, invented } = await getNetwork(tx, actor);
	const start = await getNetworkStart(tx, actor);
	const first = await findFirstMonth(tx);
	return {
		...{ network: name, invented, now, today: dayAt(now), year },
		isFirst: first === null || first >= `${year}-01-01`,
		figures: await getFiguresOfYear(tx, actor.networkId, year),
		before: await getFiguresOfYear(tx, actor.networkId, year - 1),
		organisations: await listOrganisations(tx, actor, now),
		sentences: new Map([...start.sentences].map(([part, { text }]) => [part, text])),
		signs: start.signs.map(({ part, text, looks: [look] }) => ({ part, text, seen: look?.seen ?? null, onDay: look?.onDay ?? null })),
		register: await listPublicCauses(tx),
		organisationNames: await listOrganisationNames(tx, actor)
	};
}

/** Null when there is no such year. */
async function yearlyReport(tx: Tx, actor: Actor, now: Date, t: Text, f: Format, year?: number): Promise<Paper | null> {
	const [newest = 0, ...earlier] = await listReportYears(tx, now);
	if (year !== undefined && ![newest, ...earlier].includes(year)) return null;
	return yearlyReportPaper(t, f, await getYearlyReport(tx, actor, now, year ?? newest));
}

const outlines: Readonly<Record<PaperKind, (tx: Tx, actor: Actor, now: Date, t: Text, f: Format, year?: number) => Promise<Paper | null>>> =
	{
		set_up: setUp,
		pack,
		yearly_report: yearlyReport
	};

/**
 * A paper of the network as it stands now; `not_found` to who may not have it made.
 * @param year of the yearly report: one that has begun, the one that runs when it is not given
 */
export async function getNetworkPaper(
	installation: Installation,
	actor: Actor,
	kind: PaperKind,
	locale: Locale,
	year?: number
): Promise<Outcome<Uint8Array>> {
	if (!mayMakePaper(kind, actor.roles)) return refuse('not_found');
	const now = installation.world.now();
	const paper = await read(installation, actor, (tx) => outlines[kind](tx, actor, now, textFor(locale), createFormat(locale), year));
	return paper === null ? refuse('not_found') : await makePaper(paper, now);
}

/** The evaluation of a case, for who sits at its table. That it was made is a reading of the case: a line in its log. */
export async function getCaseEvaluation(
	installation: Installation,
	actor: Actor,
	caseId: string,
	locale: Locale
): Promise<Outcome<{ readonly pseudonym: string; readonly bytes: Uint8Array }>> {
	const found = await getCaseTable(installation, actor, caseId);
	if (!found.ok) return found;
	const table = found.value;
	const now = installation.world.now();
	const { name, organisationNames } = await read(installation, actor, async (tx) => ({
		name: (await getNetwork(tx, actor)).name,
		organisationNames: await listOrganisationNames(tx, actor)
	}));
	const t = textFor(locale);
	const paper = evaluationPaper(t, createFormat(locale), { network: name, now, table, telling: tellingOf(t, table), organisationNames });
	const made = await makePaper(paper, now);
	return made.ok ? ok({ pseudonym: table.facts.pseudonym, bytes: made.value }) : made;
}

/** The workbook for the start without a network: to be printed before there is one. It is the same each time. */
export const getBlankSetUp = (locale: Locale): Promise<Outcome<Uint8Array>> =>
	makePaper(setUpPaper(textFor(locale), createFormat(locale), null), new Date('2026-01-01T00:00:00Z'));
