import type { Installation } from '../installation.ts';
import type { Letter } from '../mail/letter.ts';

/** Something to be done after an act, or each day. Its payload holds ids and codes, never anything personal. */
export interface Job {
	/** A UUID: the outbox row that asked for it. The same id may come twice, when a process died in between. */
	readonly id: string;
	/** E.g. `mail.seat_invitation`. */
	readonly kind: string;
	/** Null for a job of sign-in, which belongs to no network. */
	readonly networkId: string | null;
	readonly payload: Readonly<Record<string, string>>;
	/** The moment it is done, by the product's clock. */
	readonly now: Date;
	/** How often it was tried before. */
	readonly tries: number;
	/** Sends a letter, at most one a job: the job's id is the letter's. Throws `PostFailure`. */
	sendMail(letter: Letter): Promise<void>;
	/** Asks for another job. `once` names it: asked for again under the same name, it is done once. */
	ask(kind: string, networkId: string | null, payload: Readonly<Record<string, string>>, once: string): Promise<void>;
}

/**
 * Does a job. When it throws it is tried again, with growing pauses; a `JobFailure` says whether that can help.
 * What is thrown may hold anything: only its name and its code are kept.
 */
export type JobHandler = (installation: Installation, job: Job) => Promise<void>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** Why a job was not done. Its code is kept with the job; nothing else of it. */
export class JobFailure extends Error {
	readonly code: string;
	/** True when trying again cannot help: the job goes to the dead letters at once. */
	readonly permanent: boolean;
	constructor(code: string, permanent: boolean) {
		super(code);
		this.name = 'JobFailure';
		this.code = code;
		this.permanent = permanent;
	}
}

/** One id of a job's payload. Throws a permanent `JobFailure` when it is not there. */
export function payloadId(job: Pick<Job, 'payload'>, name: string): string {
	const value = job.payload[name];
	if (value === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) throw new JobFailure('payload_malformed', true);
	return value;
}

/** The network of a job. Throws a permanent `JobFailure` when it has none. */
export function jobNetwork(job: Pick<Job, 'networkId'>): string {
	if (job.networkId === null) throw new JobFailure('payload_malformed', true);
	return job.networkId;
}

/** What is kept of an error: a code of ours, a code of the system or of PostgreSQL, or its name. Never its message. */
export function failureCode(error: unknown): string {
	if (typeof error !== 'object' || error === null) return typeof error;
	const code = 'code' in error ? error.code : undefined;
	if (typeof code === 'string' && /^[A-Za-z0-9_]{1,60}$/.test(code)) return code;
	return error instanceof Error ? error.name : 'object';
}

/** Whether trying again cannot help. Looks at the property: an error may come from another copy of our modules. */
export const isPermanent = (error: unknown): boolean => error instanceof Error && 'permanent' in error && error.permanent === true;
