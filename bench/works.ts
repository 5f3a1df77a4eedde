import type pg from 'pg';
import { read } from '../src/foundation/command/reading.server.ts';
import type { Installation } from '../src/foundation/installation.ts';
import { realWorld } from '../src/foundation/world.ts';
import { receiveContribution } from '../src/rooms/fund/contributions/commands.server.ts';
import { listMyCases } from '../src/rooms/cases/read.server.ts';
import { getCaseTable } from '../src/rooms/table/read.server.ts';
import { listCasesPlainly, readCasePlainly } from './plain.ts';
import type { Asker, Prepared } from './prepare.ts';

/** Something that is done again and again, by someone. Throws when the answer is not as it should be. */
export interface Work {
	readonly name: string;
	readonly does: (asker: Asker) => Promise<void>;
}

export interface WorksWish extends Prepared {
	/** Where the server listens. */
	readonly address: string;
	/** The same product inside this process. */
	readonly installation: Installation;
	/** Connections as the owner of the tables. */
	readonly plain: pg.Pool;
}

/** One of a list, each as likely. */
export const one = <T>(list: readonly T[]): T => {
	const found = list[Math.floor(Math.random() * list.length)];
	if (found === undefined) throw new RangeError('There is one to choose.');
	return found;
};

const withoutIds = (url: string): string => url.replaceAll(/[0-9a-f-]{36}/g, '…');

/** What is measured: the same readings by page, API, door and plain queries, and acts. */
export function listWorks({ address, installation, plain, networkId, slug, money }: WorksWish): {
	readings: readonly Work[];
	acts: readonly Work[];
} {
	const get = async (url: string, headers: Record<string, string>, wanted: RegExp): Promise<void> => {
		const response = await fetch(address + url, { headers, redirect: 'manual' });
		const text = await response.text();
		if (response.status !== 200 || !wanted.test(text)) throw new Error(`${withoutIds(url)} answered ${response.status}`);
	};
	const post = async (asker: Asker, url: string, body?: object): Promise<Record<string, unknown>> => {
		const headers = {
			...{ authorization: `Bearer ${asker.token}`, 'idempotency-key': realWorld.id() },
			...(body === undefined ? {} : { 'content-type': 'application/json' })
		};
		const response = await fetch(`${address}/api/v1${url}`, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) });
		const text = await response.text();
		if (response.status !== 201) throw new Error(`${withoutIds(url)} answered ${response.status} ${text.slice(0, 200)}`);
		return JSON.parse(text) as Record<string, unknown>;
	};
	const byToken = (asker: Asker) => ({ authorization: `Bearer ${asker.token}` });
	const byCookie = (asker: Asker) => ({ cookie: asker.cookie });
	const anyCase = (asker: Asker): string => one(asker.seats).caseId;
	const readings: readonly Work[] = [
		{ name: 'case: page', does: (asker) => get(`/${slug}/casus/${anyCase(asker)}`, byCookie(asker), /<main/) },
		{ name: 'case: API', does: (asker) => get(`/api/v1/cases/${anyCase(asker)}`, byToken(asker), /"agreements":\[\{/) },
		{
			name: 'case: by the door',
			async does(asker) {
				const table = await getCaseTable(installation, asker.actor, anyCase(asker));
				if (!table.ok || table.value.agreements.length < 2) throw new Error('The table was not found.');
			}
		},
		{ name: 'case: plain `pg`', does: (asker) => readCasePlainly(plain, networkId, anyCase(asker)) },
		{ name: 'my cases: page', does: (asker) => get(`/${slug}`, byCookie(asker), /<main/) },
		{ name: 'my cases: API', does: (asker) => get('/api/v1/cases?limit=25', byToken(asker), /"cases":\[\{/) },
		{
			name: 'my cases: by the door',
			async does(asker) {
				const mine = await read(installation, asker.actor, (tx) => listMyCases(tx, asker.actor, { limit: 25 }));
				if (mine.length !== 25) throw new Error('The list is full.');
			}
		},
		{ name: 'my cases: plain `pg`', does: (asker) => listCasesPlainly(plain, networkId, asker.actor.personId) },
		{ name: 'the network: page', does: (asker) => get(`/${slug}/netwerk`, byCookie(asker), /<main/) },
		{ name: 'the pot: page', does: (asker) => get(`/${slug}/pot`, byCookie(asker), /<main/) },
		{ name: 'causes: page', does: (asker) => get(`/${slug}/knelpunten`, byCookie(asker), /<main/) }
	];
	const story = {
		stuck: 'De huur loopt achter.',
		firstNeed: 'Tijd.',
		ownOrganisation: 'Uitstel.',
		goal: 'Thuis blijven.',
		residentKnows: 'yes'
	};
	const acts: readonly Work[] = [
		{ name: 'bring in a case: API', does: async (asker) => void (await post(asker, '/cases', story)) },
		{
			name: 'make an agreement: API',
			async does(asker) {
				const { caseId, otherId } = one(asker.open);
				await post(asker, `/cases/${caseId}/agreements`, { what: 'Ik bel vrijdag terug.', dueOn: '2099-12-31', receiverId: otherId });
			}
		},
		{ name: 'ask a euro of a team, and three colleagues who agree: API, four acts', does: (asker) => askAndDecide(asker) },
		{
			name: 'post a journal: API',
			async does() {
				await post(one(money.keepers), `/contributions/${one(money.contributionIds)}/receipts`, { amount: '0,01' });
			}
		},
		{
			name: 'post a journal: the command, in this process',
			async does() {
				const posted = await receiveContribution(installation, one(money.keepers).actor, {
					contributionId: one(money.contributionIds),
					amount: '0,01'
				});
				if (!posted.ok) throw new Error(`Refused: ${posted.refusal.code}`);
			}
		}
	];
	async function askAndDecide(asker: Asker): Promise<void> {
		const team = money.teams.find(({ members }) => members.includes(asker));
		if (!team) throw new Error('Everyone who asks is in a team.');
		const { questionId } = await post(asker, `/cases/${one(asker.open).caseId}/small-requests`, {
			...{
				teamId: team.teamId,
				amount: '1',
				what: 'Een strippenkaart.',
				supplier: 'De vervoerder',
				why: 'De vergoeding komt over zes weken.'
			}
		});
		const { rows } = await plain.query<{ ask_id: string; person_id: string }>(
			'select ask_id, person_id from question_ask where network_id = $1 and question_id = $2',
			[networkId, questionId]
		);
		const outcomes: unknown[] = [];
		for (const voter of team.members.filter((member) => member !== asker).slice(0, 3)) {
			const ask = rows.find((row) => row.person_id === voter.actor.personId);
			outcomes.push((await post(voter, `/asks/${ask?.ask_id}/vote`)).outcome);
		}
		if (outcomes.join() !== 'waits,waits,granted') throw new Error(`Three agreed: ${outcomes.join()}`);
	}
	return { readings, acts };
}
