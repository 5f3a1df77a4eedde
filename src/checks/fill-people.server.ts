import { addDays, dayAt } from '#foundation/time/days.ts';
import { lookBackOnSign, stateInterest, writeStart } from '#rooms/network/start/commands.server.ts';
import { recordEarlierYears, sayExisting } from '#rooms/network/start/earlier/commands.server.ts';
import { addStartNote, openStartTable } from '#rooms/network/start/table/commands.server.ts';
import { proposeMembership, withdrawMembership } from '#rooms/people/joining/commands.server.ts';
import { proposeEnd, withdrawEnd } from '#rooms/people/memberships/commands.server.ts';
import { keepProfile } from '#rooms/people/profiles/commands.server.ts';
import { askDuty, declineDuty } from '#rooms/people/teams/asked/commands.server.ts';
import { inviteToTeam, joinTeam, makeTeam, takeDuty } from '#rooms/people/teams/commands.server.ts';
import { closeScan, handInScan, openScan } from '#rooms/network/conditions/commands.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A team with someone in it and on duty, a profile, and the start of the network. */
export async function fillPeople({ installation, actors }: Pick<Scene, 'installation' | 'actors'>): Promise<{ teamId: string }> {
	const today = dayAt(installation.world.now());
	const { teamId } = sure(await makeTeam(installation, actors.administrator, { name: 'Team Noord', area: 'Noord' }));
	for (const actor of [actors.holder, actors.seated]) {
		const invitation = sure(await inviteToTeam(installation, actors.administrator, { teamId, membershipId: actor.membershipId }));
		sure(await joinTeam(installation, actor, invitation));
	}
	const asked = { teamId, membershipId: actors.seated.membershipId, fromDay: addDays(today, 7), untilDay: addDays(today, 8) };
	sure(await declineDuty(installation, actors.seated, sure(await askDuty(installation, actors.holder, asked))));
	const end = sure(await proposeEnd(installation, actors.administrator, { membershipId: actors.colleague.membershipId }));
	sure(await withdrawEnd(installation, actors.administrator, end));
	const joins = (email: string) => ({ name: 'Kees Nieuw', email, functionTitle: 'wijkwerker', roles: ['professional'] });
	sure(await proposeMembership(installation, actors.administrator, joins('kees@voorbeeld.example')));
	const back = sure(await proposeMembership(installation, actors.administrator, joins('klaas@voorbeeld.example')));
	sure(await withdrawMembership(installation, actors.administrator, back));
	sure(await takeDuty(installation, actors.seated, { teamId, fromDay: today, untilDay: today }));
	const profile = { topics: 'huurschuld', schemes: 'bijzondere bijstand', livedExperience: 'schulden', languages: ['tr'], area: 'Noord' };
	sure(await keepProfile(installation, actors.seated, { ...profile, available: true, willing: true }));
	for (const part of ['went_before', 'who']) sure(await writeStart(installation, actors.holder, { part, text: 'Wij kennen elkaar.' }));
	sure(await writeStart(installation, actors.holder, { part: 'challenge', text: 'Mensen vallen tussen de regels.' }));
	sure(await writeStart(installation, actors.holder, { part: 'ambition', text: 'Niemand verliest onnodig een huis.' }));
	const { startId } = sure(await writeStart(installation, actors.holder, { part: 'sign_1', text: 'Minder ontruimingen.' }));
	sure(await sayExisting(installation, actors.holder, { since: 2016 }));
	sure(await recordEarlierYears(installation, actors.holder, { years: [{ year: 2019, granted: '1200', source: 'Jaarverslag 2019' }] }));
	sure(await lookBackOnSign(installation, actors.seated, { startId, seen: false, onDay: today }));
	sure(await stateInterest(installation, actors.holder, { gains: 'Minder ontruimingen.', brings: 'Woningen.' }));
	const { tableId } = sure(await openStartTable(installation, actors.holder, {}));
	sure(await addStartNote(installation, actors.seated, { tableId, part: 'relations', text: 'Wij bellen elkaar.' }));
	const { roundId } = sure(await openScan(installation, actors.holder, { closesOn: today }));
	sure(await handInScan(installation, actors.seated, { roundId, answers: Array.from({ length: 20 }, () => 3) }));
	sure(await closeScan(installation, actors.holder, { roundId }));
	return { teamId };
}
