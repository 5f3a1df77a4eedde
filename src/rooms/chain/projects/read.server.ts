import { sql } from 'kysely';
import type { Actor } from '#foundation/actor.ts';
import { readLogged } from '#foundation/command/reading.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listMore } from '#rooms/agreements/more/read.server.ts';
import type { More } from '#rooms/agreements/more/read.server.ts';
import { listAgreements } from '#rooms/agreements/read.server.ts';
import type { Agreement } from '#rooms/agreements/read.server.ts';
import { listWords } from '#rooms/cases/read.server.ts';
import type { CaseWords } from '#rooms/cases/read.server.ts';
import { seatsAt } from '#rooms/cases/rules.ts';
import type { Seat } from '#rooms/cases/rules.ts';
import { listInvitations, listSeats } from '#rooms/cases/subjects/read.server.ts';
import type { SentInvitation } from '#rooms/cases/subjects/read.server.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { listOrganisations } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { findChain } from '../agreement/read.server.ts';
import type { Chain } from '../agreement/read.server.ts';
import { listOrderCounts } from '../measures/read.server.ts';
import type { CountedOrders } from '../measures/read.server.ts';
import { projectState } from './rules.ts';
import type { ProjectKind, ProjectPart, ProjectState } from './rules.ts';

export interface ProjectFacts {
	readonly projectId: string;
	readonly title: string;
	readonly kind: ProjectKind;
	/** A code of the list ONDERHOUDSOORT of VERA. */
	readonly veraSubject: string | null;
	readonly membershipId: string;
	readonly at: Date;
	readonly closedAt: Date | null;
	/** Everyone who sat at the table, also who left. */
	readonly seats: readonly Seat[];
	readonly invitations: readonly SentInvitation[];
}

/** Everything of a project, for someone who sits at its table. */
export interface ProjectTable {
	readonly facts: ProjectFacts;
	readonly state: ProjectState;
	/** The organisations at the table, by name; `part` of those with which it began. */
	readonly parties: readonly { readonly organisationId: string; readonly name: string; readonly part: ProjectPart | null }[];
	readonly seats: readonly Seat[];
	readonly mySeat: Seat;
	readonly words: CaseWords;
	readonly agreements: readonly Agreement[];
	/** What was said between the reader and another when one did more than agreed, by agreement. */
	readonly more: ReadonlyMap<string, More>;
	readonly chain: Chain;
	readonly orders: readonly CountedOrders[];
	/** By membership: who everyone in this project is. */
	readonly names: ReadonlyMap<string, { displayName: string; organisationName: string; functionTitle: string }>;
}

/** Reads a project whole, and leaves a line in the log. Refused as `not_found` to whoever does not sit at its table. */
export const getProject = (installation: Installation, actor: Actor, projectId: string): Promise<Outcome<ProjectTable>> =>
	readLogged(installation, actor, { act: 'project.read', kind: 'project', id: projectId, caseId: projectId }, (tx, now) =>
		findProject(tx, installation.keyring, actor, now, projectId)
	);

/** A project whole, or null to whoever does not sit at its table. */
export async function findProject(
	tx: Tx,
	keyring: Installation['keyring'],
	actor: Actor,
	now: Date,
	projectId: string
): Promise<ProjectTable | null> {
	const found = await tx
		.selectFrom('project as p')
		.leftJoin('projectEnd as e', (join) => join.onRef('e.networkId', '=', 'p.networkId').onRef('e.projectId', '=', 'p.projectId'))
		.select(['p.projectId', 'p.title', 'p.kind', 'p.veraSubject', 'p.membershipId', 'p.at', 'e.at as closedAt'])
		.where('p.networkId', '=', actor.networkId)
		.where('p.projectId', '=', projectId)
		.executeTakeFirst();
	if (!found) return null;
	const [allSeats, invitations, agreements, words, chain, orders, parts, organisations, more] = await Promise.all([
		listSeats(tx, actor, projectId),
		listInvitations(tx, actor, projectId),
		listAgreements(tx, actor, projectId),
		listWords(tx, keyring, actor, projectId),
		findChain(tx, actor, projectId),
		listOrderCounts(tx, actor, projectId),
		tx
			.selectFrom('projectParty')
			.select(['organisationId', 'part'])
			.where('networkId', '=', actor.networkId)
			.where('projectId', '=', projectId)
			.execute(),
		listOrganisations(tx, actor, now),
		listMore(tx, keyring, actor, projectId)
	]);
	const seats = seatsAt(allSeats, now);
	const mySeat = seats.find((seat) => seat.personId === actor.personId);
	if (!mySeat) return null;
	const partOf = new Map(parts.map(({ organisationId, part }) => [organisationId, part as ProjectPart]));
	// Of those that are still in the network, by name.
	const parties = organisations
		.filter(({ organisationId }) => seats.some((seat) => seat.organisationId === organisationId))
		.map(({ organisationId, name }) => ({ organisationId, name, part: partOf.get(organisationId) ?? null }));
	const names = await listNames(tx, actor, [
		found.membershipId,
		...allSeats.map((seat) => seat.membershipId),
		...invitations.map((invitation) => invitation.membershipId),
		...agreements.flatMap((agreement) => [
			...agreement.asks.map((ask) => ask.membershipId),
			...(agreement.decision ? [agreement.decision.membershipId] : [])
		]),
		...chain.versions.flatMap((version) => [
			version.membershipId,
			...[...version.coordinators, ...version.answers].map(({ membershipId }) => membershipId)
		])
	]);
	return {
		facts: { ...found, kind: found.kind as ProjectKind, seats: allSeats, invitations },
		state: projectState(agreements.length + Number(chain.current !== null), found.closedAt !== null),
		...{ parties, seats, mySeat, words, agreements, more, chain, orders, names }
	};
}

export interface ProjectLine {
	readonly projectId: string;
	readonly title: string;
	readonly kind: ProjectKind;
	readonly state: ProjectState;
	readonly at: Date;
	readonly agreements: number;
	readonly kept: number;
	/** The organisations that sit there, by name. */
	readonly parties: readonly string[];
	/** Whether the agreement of the chain waits for a yes of the actor's organisation, which the actor may give. */
	readonly toAnswer: boolean;
}

/** The projects at whose table the actor sits, the newest first. */
export async function listMyProjects(tx: Tx, actor: Actor): Promise<ProjectLine[]> {
	const { rows } = await sql<{
		projectId: string;
		title: string;
		kind: ProjectKind;
		at: Date;
		closed: boolean;
		agreements: number;
		kept: number;
		chained: boolean;
		parties: string[];
		waits: boolean;
	}>`
		select p.project_id, p.title, p.kind, p.at,
			exists (select from project_end e where e.network_id = p.network_id and e.project_id = p.project_id) as closed,
			(select count(*)::int from agreement a where a.network_id = p.network_id and a.case_id = p.project_id) as agreements,
			(select count(*)::int from agreement_answer n join agreement_report r on r.network_id = n.network_id and r.report_id = n.report_id
				where n.network_id = p.network_id and n.case_id = p.project_id and n.answer = 'confirmed' and r.outcome in ('kept', 'late', 'taken')) as kept,
			exists (select from chain_version v where v.network_id = p.network_id and v.project_id = p.project_id and not exists (
				select from chain_coordinator c where c.network_id = v.network_id and c.version_id = v.version_id and not exists (
					select from chain_answer w where w.network_id = c.network_id and w.version_id = c.version_id and w.organisation_id = c.organisation_id and w.answer = 'accepted'))) as chained,
			array(select o.name from organisation o where o.network_id = p.network_id and o.organisation_id in (
				select s.organisation_id from case_seat s where s.network_id = p.network_id and s.case_id = p.project_id and s.valid_until is null) order by o.name_sort) as parties,
			coalesce((select exists (select from chain_coordinator c where c.network_id = v.network_id and c.version_id = v.version_id and c.organisation_id = ${actor.organisationId}
						and not exists (select from chain_answer w where w.network_id = c.network_id and w.version_id = c.version_id and w.organisation_id = c.organisation_id))
					and not exists (select from chain_answer w where w.network_id = v.network_id and w.version_id = v.version_id and w.answer = 'declined')
				from chain_version v where v.network_id = p.network_id and v.project_id = p.project_id order by v.number desc limit 1), false) as waits
		from project p
		where p.network_id = ${actor.networkId}
		order by p.project_id desc`.execute(tx);
	return rows.map(({ closed, chained, waits, ...row }) => ({
		...row,
		state: projectState(row.agreements + Number(chained), closed),
		toAnswer: waits && !closed && binds(actor.roles)
	}));
}
