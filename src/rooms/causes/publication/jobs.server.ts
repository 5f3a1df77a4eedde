import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Tx } from '#foundation/database/door.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Job, JobHandlers } from '#foundation/jobs/job.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import { dayAt } from '#foundation/time/days.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import type { Notice } from '#rooms/people/jobs.server.ts';
import { declineReasons } from '../releases/rules.ts';
import { asResponsible } from '../rules.ts';
import type { OutsideResponsible, Responsible } from '../rules.ts';
import { listSignals, lockCause } from '../signals/read.server.ts';
import { findPublicCount, findPublicException, listPublications } from './read.server.ts';
import { answersSince, nextPublicCount, quarterOf, toldInFives, waitsFor } from './rules.ts';

type LetterKind = 'publication_asked' | 'publication_answered' | 'publication_opened' | 'publication_is_public' | 'publication_withdrawn';
const placeOf = (job: Job): string => `/knelpunt/${payloadId(job, 'causeId')}/openbaar`;
const notice = (job: Job, kind: LetterKind | 'words_declined'): Notice => ({
	subject: `mail.${kind}.subject`,
	sentence: `mail.${kind}.text`,
	path: placeOf(job)
});

/** Letters about making a cause public, and the daily look whether the days to answer are over. */
export const publicationJobs: JobHandlers = {
	'mail.publication_asked': (installation, job) => notifyPerson(installation, job, notice(job, 'publication_asked')),
	'mail.publication_answered': (installation, job) => notifyPerson(installation, job, notice(job, 'publication_answered')),
	'mail.publication_opened': (installation, job) => notifyPerson(installation, job, notice(job, 'publication_opened')),
	'mail.publication_is_public': (installation, job) => notifyPerson(installation, job, notice(job, 'publication_is_public')),
	'mail.publication_withdrawn': (installation, job) => notifyPerson(installation, job, notice(job, 'publication_withdrawn')),
	'mail.words_declined': (installation, job) => notifyPerson(installation, job, notice(job, 'words_declined')),
	...Object.fromEntries(
		declineReasons.map((reason) => [
			`mail.answer_declined_${reason}`,
			(installation: Installation, job: Job) =>
				notifyPerson(installation, job, {
					...{ subject: 'mail.answer_declined.subject', sentence: `mail.answer_declined.${reason}`, path: placeOf(job) }
				} as const)
		])
	),
	'daily.publications': async (installation, job) => {
		const networkId = jobNetwork(job);
		const { door } = installation;
		const publications = await door.job(networkId, job.now, (tx) => listPublications(tx, networkId));
		for (const { publicationId, causeId, state } of publications) {
			if (state === 'asked')
				await termAct(installation, networkId, job.now, { act: 'publication.open', kind: 'publication', id: publicationId }, (deed) =>
					open(deed, publicationId)
				);
			if (state === 'public') await door.job(networkId, job.now, (tx) => freeze(tx, networkId, causeId, job.now));
		}
	}
};

/** Kinds among those above that are done once a day. */
export const publicationDaily: readonly string[] = ['daily.publications'];

async function findOwner(tx: Tx, causeId: string): Promise<Responsible> {
	const { rows } = await sql<{ organisationId: string | null; outside: OutsideResponsible | null; gone: boolean }>`
		select organisation_id, outside, gone from app.public_owner(${causeId})`.execute(tx);
	return rows[0] ? asResponsible(rows[0]) : { kind: 'nobody' };
}

async function countCases(tx: Tx, causeId: string): Promise<number> {
	const { rows } = await sql<{ cases: string }>`select app.publishable_cases(${causeId}) as cases`.execute(tx);
	return Number(rows[0]?.cases ?? 0);
}

/** Makes it public once who goes about it had their days, with the figure as it is frozen now. Who proposed it and who goes about it are told. */
async function open({ tx, networkId, now, id, tell }: TermDeed, publicationId: string): Promise<boolean> {
	const seen = (await listPublications(tx, networkId, { publicationId }))[0];
	if (!seen) return false;
	await lockCause(tx, networkId, seen.causeId);
	const publication = (await listPublications(tx, networkId, { publicationId }))[0];
	const signal = (await listSignals(tx, networkId, { causeId: seen.causeId }))[0];
	if (!publication || publication.state !== 'asked' || !signal) return false;
	const owner = await findOwner(tx, seen.causeId);
	const since = answersSince(publication, owner, signal.events);
	const cases = await countCases(tx, seen.causeId);
	if (waitsFor({ since, today: dayAt(now), signal: signal.state, answer: publication.answer, cases }) !== null) return false;
	await tx.insertInto('publicationEvent').values({ networkId, publicationId, eventId: id(), kind: 'opened', at: now }).execute();
	await freeze(tx, networkId, seen.causeId, now);
	await tell('mail.publication_opened', { causeId: seen.causeId, personId: publication.personId });
	if (owner.kind !== 'organisation') return true;
	const { rows } = await sql<{ personId: string }>`select person_id from app.signal_responsible(${signal.signalId}) order by 1`.execute(tx);
	for (const { personId } of rows)
		if (personId !== publication.personId) await tell('mail.publication_is_public', { causeId: seen.causeId, personId });
	return true;
}

/** Freezes the figures of a public cause: each when it differs enough from its last and none was frozen this quarter. */
async function freeze(tx: Tx, networkId: string, causeId: string, now: Date): Promise<void> {
	await freezeCases(tx, networkId, causeId, now);
	await freezeExceptions(tx, networkId, causeId, now);
}

async function freezeCases(tx: Tx, networkId: string, causeId: string, now: Date): Promise<void> {
	const last = await findPublicCount(tx, networkId, causeId);
	const quarter = quarterOf(dayAt(now));
	if (last?.quarter === quarter) return;
	const cases = nextPublicCount(await countCases(tx, causeId), last?.cases ?? null);
	if (cases === null) return;
	await tx
		.insertInto('publicCount')
		.values({ networkId, causeId, quarter, cases, at: now })
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** How often someone was helped although it stood in the way, with money and without, each frozen by itself. */
async function freezeExceptions(tx: Tx, networkId: string, causeId: string, now: Date): Promise<void> {
	const quarter = quarterOf(dayAt(now));
	const { rows } = await sql<{ withMoney: boolean; counted: string }>`
		select with_money, counted from app.publishable_exceptions(${causeId})`.execute(tx);
	const counted = new Map(rows.map((row) => [row.withMoney, Number(row.counted)]));
	for (const withMoney of [true, false]) {
		const last = await findPublicException(tx, networkId, causeId, withMoney);
		if (last?.quarter === quarter) continue;
		const next = nextPublicCount(counted.get(withMoney) ?? 0, last?.counted ?? null);
		if (next === null) continue;
		await tx
			.insertInto('publicException')
			.values({ networkId, causeId, withMoney, quarter, counted: next, times: toldInFives(next), at: now })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
}
