import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { confirmReversal, declineReversal, reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { findLedgerCheck, getPotFigures, listJournals, listOrigins, listReversals } from '#rooms/fund/ledger/read.server.ts';
import { listTeamPurses } from '#rooms/fund/team-money/read.server.ts';
import { countPotWaits, listOwed } from '#rooms/fund/waiting/read.server.ts';
import { getNetwork } from '#rooms/network/read.server.ts';
import { listPeople } from '#rooms/people/read.server.ts';
import { act, actorOf } from '../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

const pageSize = 20;
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const { searchParams } = event.url;
	const asked = (name: string): string | undefined => {
		const id = searchParams.get(name);
		return id !== null && isId(id) ? id : undefined;
	};
	const before = asked('voor');
	const from = asked('boeking');
	return read(installation, actor, async (tx, now) => {
		const network = await getNetwork(tx, actor);
		const journals = await listJournals(tx, actor, {
			limit: pageSize + 1,
			...(before === undefined ? {} : { before }),
			...(from === undefined ? {} : { from })
		});
		const shown = journals.slice(0, pageSize);
		const recent = async (touches: 'cash' | 'reserved' | 'contributions' | 'gifts' | 'recovered') =>
			(await listJournals(tx, actor, { limit: 5, touches })).map(({ journalId, kind, at, lines }) => ({
				...{ journalId, kind, at },
				amountCents: lines.reduce((sum, line) => (line.kind === touches ? sum + line.amountCents : sum), 0)
			}));
		const treasurer = actor.roles.includes('treasurer');
		const reversals = await listReversals(tx, actor);
		return {
			title: say(locale, 'pot.title'),
			...{ network, now, treasurer },
			figures: await getPotFigures(tx),
			check: await findLedgerCheck(tx, actor),
			teams: await listTeamPurses(tx, actor),
			journals: shown,
			origins: await listOrigins(
				tx,
				actor,
				shown.map((journal) => journal.journalId)
			),
			next: journals.length > pageSize ? shown.at(-1)?.journalId : undefined,
			paged: before !== undefined || from !== undefined,
			recent: {
				...{ cash: await recent('cash'), reserved: await recent('reserved'), contributions: await recent('contributions') },
				...{ gifts: await recent('gifts'), recovered: await recent('recovered') }
			},
			owed: await listOwed(tx, actor, now),
			reversals,
			names: await listPeople(
				tx,
				actor,
				reversals.map((one) => one.personId)
			),
			me: actor.personId,
			waits: await countPotWaits(tx, actor, now),
			key: installation.world.id()
		};
	});
};

export const actions: Actions = {
	reverse: (event) =>
		act(event, reverseJournal, {
			form: 'reverse',
			input: (fields) => ({ journalId: fields['journalId'] }),
			to: () => `/${event.params.network}/pot#terugdraaien`
		}),
	confirm: (event) => act(event, confirmReversal, { form: 'reversal', input: byReversal, to: () => `/${event.params.network}/pot#boek` }),
	decline: (event) => act(event, declineReversal, { form: 'reversal', input: byReversal, to: () => `/${event.params.network}/pot#boek` })
};

const byReversal = (fields: Record<string, string>) => ({ reversalId: fields['reversalId'] ?? '' });
