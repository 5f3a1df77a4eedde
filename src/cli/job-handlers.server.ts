import type { JobHandlers } from '#foundation/jobs/job.ts';
import { signInDaily, signInJobs } from '#foundation/identity/jobs.server.ts';
import { agreementJobs } from '#rooms/agreements/jobs.server.ts';
import { handOverDaily, handOverJobs } from '#rooms/cases/hand-over/jobs.server.ts';
import { caseJobs } from '#rooms/cases/jobs.server.ts';
import { claimDaily, claimJobs } from '#rooms/fund/claims/jobs.server.ts';
import { paymentDaily, paymentJobs } from '#rooms/fund/payments/jobs.server.ts';
import { retentionDaily, retentionJobs } from '#rooms/privacy/retention/clearing/jobs.server.ts';
import { residentJobs } from '#rooms/privacy/resident/jobs.server.ts';
import { publicationDaily, publicationJobs } from '#rooms/causes/publication/jobs.server.ts';
import { storyJobs } from '#rooms/causes/stories/jobs.server.ts';
import { yearlyDaily, yearlyJobs } from '#rooms/causes/yearly/jobs.server.ts';
import { letterJobs } from '#rooms/causes/letters/jobs.server.ts';
import { signalDaily, signalJobs } from '#rooms/causes/signals/jobs.server.ts';
import { joiningJobs } from '#rooms/people/joining/jobs.server.ts';
import { comingBackJobs } from '#rooms/people/coming-back/jobs.server.ts';
import { leavingDaily, leavingJobs } from '#rooms/people/leaving/jobs.server.ts';
import { teamJobs } from '#rooms/people/teams/jobs.server.ts';
import { escalationSweeps } from '#rooms/agreements/escalation/jobs.server.ts';
import { reminderDaily } from '#rooms/agreements/turns/jobs.server.ts';
import { mandateJobs } from '#rooms/people/mandates/jobs.server.ts';
import { requestDaily, requestJobs, requestSweeps } from '#rooms/fund/requests/jobs.server.ts';
import { ruleJobs } from '#rooms/fund/rules-in-force/jobs.server.ts';
import { knowledgeDaily, knowledgeJobs, knowledgeSweeps } from '#rooms/knowledge/jobs.server.ts';
import { ledgerDaily, ledgerJobs, ledgerSweeps } from '#rooms/fund/ledger/jobs.server.ts';
import { returnDaily, returnJobs } from '#rooms/returns/jobs.server.ts';
import { attentionJobs } from '#rooms/table/attention/jobs.server.ts';
import { publicPageDaily, publicPageJobs } from '#rooms/table/public/jobs.server.ts';
import { chainJobs } from '#rooms/chain/agreement/jobs.server.ts';
import { trustJobs } from '#rooms/chain/trust/jobs.server.ts';
import { meetingDaily, meetingJobs } from '#rooms/meetings/jobs.server.ts';

/** Every kind of job that the rooms know. */
export const jobHandlers: JobHandlers = {
	...signInJobs,
	...caseJobs,
	...mandateJobs,
	...paymentJobs,
	...claimJobs,
	...agreementJobs,
	...residentJobs,
	...retentionJobs,
	...handOverJobs,
	...signalJobs,
	...publicationJobs,
	...letterJobs,
	...yearlyJobs,
	...teamJobs,
	...joiningJobs,
	...ruleJobs,
	...requestJobs,
	...knowledgeJobs,
	...ledgerJobs,
	...returnJobs,
	...meetingJobs,
	...publicPageJobs,
	...storyJobs,
	...trustJobs,
	...chainJobs,
	...attentionJobs,
	...leavingJobs,
	...comingBackJobs
};

/** Kinds of job, among those above, that look each minute for terms that have run out. */
export const sweepKinds: readonly string[] = [...knowledgeSweeps, ...ledgerSweeps, ...requestSweeps, ...escalationSweeps];

/** Kinds of job, among those above, that are done once a day. */
export const dailyKinds: readonly string[] = [
	...signInDaily,
	...reminderDaily,
	...handOverDaily,
	...signalDaily,
	...publicationDaily,
	...ledgerDaily,
	...returnDaily,
	...paymentDaily,
	...requestDaily,
	...claimDaily,
	...knowledgeDaily,
	...publicPageDaily,
	...meetingDaily,
	...yearlyDaily,
	...leavingDaily,
	...retentionDaily
];
