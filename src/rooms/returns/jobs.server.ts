import type { JobHandlers } from '#foundation/jobs/job.ts';
import { followUpJobs } from './follow-up/jobs.server.ts';
import { successJobs } from './success/jobs.server.ts';

export { followUpDaily as returnDaily } from './follow-up/jobs.server.ts';

/** Everything this room does after an act, or each day. */
export const returnJobs: JobHandlers = { ...followUpJobs, ...successJobs };
