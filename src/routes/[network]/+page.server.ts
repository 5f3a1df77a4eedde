import { listMyDecisions } from '#rooms/agreements/asks/read.server.ts';
import { listMyAskedRungs, listMyLadders } from '#rooms/agreements/escalation/read.server.ts';
import { countTermsToConfirm } from '#rooms/agreements/escalation/terms/read.server.ts';
import { read } from '#foundation/command/reading.server.ts';
import { listMyCasesToHold } from '#rooms/cases/hand-over/read.server.ts';
import { listMyCases, listMyInvitations } from '#rooms/cases/read.server.ts';
import { listMyRequests } from '#rooms/fund/requests/again/read.server.ts';
import { countPotWaits, listOwed } from '#rooms/fund/waiting/read.server.ts';
import { listBeforeSecretariat } from '#rooms/fund/requests/judging/read.server.ts';
import { listDecidedQuestions } from '#rooms/fund/requests/votes/read.server.ts';
import { listMyRulesToConfirm } from '#rooms/fund/rules-in-force/read.server.ts';
import { listAnswersToMe, listMyAsks } from '#rooms/knowledge/mine/read.server.ts';
import { listMySignalRulesToConfirm } from '#rooms/causes/signal-rule/read.server.ts';
import { listMyPublications } from '#rooms/causes/publication/read.server.ts';
import { listMyStories } from '#rooms/causes/stories/read.server.ts';
import { listMyYearly } from '#rooms/causes/yearly/read.server.ts';
import { listCauseNews, listMySignals } from '#rooms/causes/signals/read.server.ts';
import { listMyPairs } from '#rooms/chain/pairs/read.server.ts';
import { findScanToFill } from '#rooms/network/conditions/read.server.ts';
import { getNetwork } from '#rooms/network/read.server.ts';
import { listNames, listPeople } from '#rooms/people/read.server.ts';
import { listReturnsToConfirm } from '#rooms/people/coming-back/read.server.ts';
import { listLeavesToConfirm } from '#rooms/people/leaving/read.server.ts';
import { countAccessWaits } from '#rooms/people/joining/read.server.ts';
import { countMyHands } from '#rooms/people/mandates/read.server.ts';
import { listMyObjections } from '#rooms/privacy/resident/read.server.ts';
import { listMyFollowUps } from '#rooms/returns/follow-up/read.server.ts';
import { listMyThanks } from '#rooms/returns/success/read.server.ts';
import { findOldProfile } from '#rooms/people/profiles/read.server.ts';
import { listMyDutyAsks } from '#rooms/people/teams/asked/read.server.ts';
import { listMyBodies } from '#rooms/meetings/bodies/read.server.ts';
import { listMissingMinutes } from '#rooms/meetings/minutes/read.server.ts';
import { listMyTeamInvitations } from '#rooms/people/teams/read.server.ts';
import { listMyAttention } from '#rooms/table/attention/read.server.ts';
import { countAttention } from '#rooms/table/attention/rules.ts';
import { waitsForMyPage } from '#rooms/table/public/read.server.ts';
import { listMyProjects } from '#rooms/chain/projects/read.server.ts';
import { mayOpenProject } from '#rooms/chain/projects/rules.ts';
import { listMyWaiting } from '#rooms/table/waiting/read.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { dayAt } from '#foundation/time/days.ts';
import { actorOf } from '../form.server.ts';
import type { PageServerLoad } from './$types.js';

const pageSize = 20;

/** What waits for me, and my cases. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const before = event.url.searchParams.get('voor');
	return await read(installation, actor, async (tx, now) => {
		const cases = await listMyCases(tx, actor, { limit: pageSize + 1, ...(before !== null && isCaseId(before) ? { before } : {}) });
		const invitations = await listMyInvitations(tx, installation.keyring, actor);
		const waiting = await listMyWaiting(tx, installation.keyring, actor, now);
		const decided = await listDecidedQuestions(tx, actor);
		const asks = await listMyAsks(tx, installation.keyring, actor, decided);
		const answers = await listAnswersToMe(tx, installation.keyring, actor, now);
		const toHold = await listMyCasesToHold(tx, actor);
		const projects = await listMyProjects(tx, actor);
		const names = await listPeople(tx, actor, [
			...toHold.map((one) => one.holderPersonId),
			...invitations.map((invitation) => invitation.invitedBy),
			...waiting.map((entry) => entry.otherPersonId)
		]);
		return {
			title: say(locale, 'home.title'),
			live: `/${event.params.network}/live`,
			now,
			mayOpen: actor.roles.includes('professional'),
			roles: actor.roles,
			teamInvitations: await listMyTeamInvitations(tx, actor),
			meetings: await listMyBodies(tx, actor, now),
			minutes: await listMissingMinutes(tx, actor, now),
			access: await countAccessWaits(tx, actor, now),
			leaves: await listLeavesToConfirm(tx, actor, now),
			returns: await listReturnsToConfirm(tx, actor, now),
			scan: await findScanToFill(tx, actor),
			pairs: await listMyPairs(tx, actor, now),
			profileOld: await findOldProfile(tx, actor, now),
			dutyAsks: await listMyDutyAsks(tx, actor, dayAt(now)),
			network: await getNetwork(tx, actor),
			cases: cases.slice(0, pageSize),
			next: cases.length > pageSize ? cases[pageSize - 1]?.caseId : undefined,
			invitations,
			waiting,
			attention: countAttention(await listMyAttention(tx, installation.keyring, actor, now, waiting)),
			followUps: await listMyFollowUps(tx, actor, now),
			thanks: await listMyThanks(tx, actor),
			pot: await countPotWaits(tx, actor, now),
			owed: await listOwed(tx, actor, now),
			requests: await listMyRequests(tx, actor, now),
			toHold,
			signals: await listMySignals(tx, actor),
			causeNews: await listCauseNews(tx, actor, now),
			publications: await listMyPublications(tx, actor),
			yearly: await listMyYearly(tx, actor),
			eyes: (await listMyStories(tx, actor)).length,
			signalRulesToConfirm: (await listMySignalRulesToConfirm(tx, actor)).length,
			projectsToAnswer: projects.filter(({ toAnswer }) => toAnswer),
			projects: projects.filter(({ state }) => state !== 'closed'),
			mayOpenProject: mayOpenProject(actor.roles),
			publicPage: await waitsForMyPage(tx, actor),
			objections: await listMyObjections(tx, actor),
			judgements: (await listBeforeSecretariat(tx, actor, now)).filter((entry) => entry.mine).length,
			rulesToConfirm: (await listMyRulesToConfirm(tx, actor)).length,
			asks,
			answers,
			advisers: await listNames(
				tx,
				actor,
				[...asks, ...answers].map((entry) => entry.membershipId)
			),
			names,
			askedRungs: await listMyAskedRungs(tx, installation.keyring, actor),
			ladders: await listMyLadders(tx, actor, now),
			terms: await countTermsToConfirm(tx, actor),
			decisions: await listMyDecisions(tx, installation.keyring, actor),
			mandates: await countMyHands(tx, actor, now)
		};
	});
};

const isCaseId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
