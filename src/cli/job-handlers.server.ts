import type { JobHandlers } from '#foundation/jobs/job.ts';
import { signInJobs } from '#foundation/identity/jobs.server.ts';
import { agreementJobs } from '#rooms/agreements/jobs.server.ts';
import { caseJobs } from '#rooms/cases/jobs.server.ts';

/** Every kind of job that the rooms know. */
export const jobHandlers: JobHandlers = { ...signInJobs, ...caseJobs, ...agreementJobs };
