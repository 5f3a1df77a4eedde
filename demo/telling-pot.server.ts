import { addDays } from '#foundation/time/days.ts';
import { invoiceContribution, pledgeContribution, receiveContribution } from '#rooms/fund/contributions/commands.server.ts';
import { reverseJournal } from '#rooms/fund/ledger/commands.server.ts';
import { acceptSplit, proposeSplit } from '#rooms/fund/splits/commands.server.ts';
import { fundTeam } from '#rooms/fund/team-money/commands.server.ts';
import { done, euros } from './cast.ts';
import type { Cast } from './cast.ts';
import type { Event } from './telling.server.ts';

/** What happens in the pot after its beginning, besides what is paid for a case: much of it is still open, so that each of its pages has something to show. */
export function potEvents(cast: Cast): Event[] {
	const { installation, actor, clock, networkId } = cast;
	const treasurer = actor('willem@kade.example');
	const year = (day: number): number => Number(addDays(cast.today, -day).slice(0, 4));
	const pledged: { contributionId?: string } = {};
	const receive = async (): Promise<string> =>
		done(await receiveContribution(installation, treasurer, { ...pledged, amount: euros(500_000) })).stepId;
	return [
		{
			day: 70,
			async run() {
				const { splitId } = done(await proposeSplit(installation, treasurer, { kind: 'equal' }));
				cast.splitId = splitId;
				for (const who of ['ilse@zeewering.example', 'sanne@gemeente.example']) {
					clock.on(68);
					done(await acceptSplit(installation, actor(who), { splitId }));
				}
			}
		},
		{
			day: 40,
			async run() {
				const amount = euros(1_500_000);
				pledged.contributionId = done(
					await pledgeContribution(installation, actor('ilse@zeewering.example'), { amount, year: year(40) })
				).contributionId;
				clock.on(39);
				const dueOn = addDays(cast.today, -9);
				done(await invoiceContribution(installation, treasurer, { ...pledged, amount, dueOn }));
			}
		},
		{
			day: 25,
			run: async () => void (await receive())
		},
		{
			// Noted again, and it came in once: the second is proposed to be taken back.
			day: 2,
			async run() {
				const stepId = await receive();
				const { journalId } = await installation.door.actor(treasurer, clock.now(), (tx) =>
					tx
						.selectFrom('journalSubject')
						.select('journalId')
						.where('networkId', '=', networkId)
						.where('subjectId', '=', stepId)
						.executeTakeFirstOrThrow()
				);
				clock.on(2);
				done(await reverseJournal(installation, treasurer, { journalId }));
			}
		},
		{
			day: 8,
			async run() {
				done(await pledgeContribution(installation, actor('bas@kade.example'), { amount: euros(2_000_000), year: year(8) }));
			}
		},
		{
			day: 1,
			async run() {
				done(await fundTeam(installation, treasurer, { teamId: cast.teamId, amount: euros(200_000) }));
			}
		}
	];
}
