import { statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { findBackupNote } from '#foundation/backup/last-backup.server.ts';
import { findBinaries } from '#foundation/database/binaries.server.ts';
import { majorOf } from '#foundation/database/cluster.server.ts';
import { openConnections } from '#foundation/database/connections.server.ts';
import type { Connections } from '#foundation/database/connections.server.ts';
import { inspectServer } from '#foundation/database/inspect.server.ts';
import { startProblemKey, startProblemOf } from '#foundation/database/start-problem.ts';
import type { DatabaseUrls } from '#foundation/database/urls.ts';
import { countKeys, lookAtKeyring, sampleWords } from '#foundation/doctor/keyring-state.server.ts';
import { listUnsealed, readClocks } from '#foundation/doctor/log-state.server.ts';
import { listDeadLetters } from '#foundation/jobs/dead-letters.server.ts';
import { checkSmtpSettings } from '#foundation/mail/smtp.server.ts';
import { openPaperMaker } from '#foundation/paper/paper.server.ts';
import { typesetterPackage } from '#foundation/paper/typesetter.server.ts';
import type { MessageKey, MessageValues } from '#foundation/text/text.ts';
import { hasEmbedded, hasOwnServer, keyringFolderOf, withUncheckedDatabase } from './command-database.server.ts';
import type { Owner } from './command-database.server.ts';

/** Something that `doctor` saw. What is wrong has to be mended; advice may wait. */
export interface DoctorFinding {
	readonly level: 'wrong' | 'advice';
	/** Its sentence, with what to do. */
	readonly key: MessageKey;
	readonly values: MessageValues;
}

const wrong = (key: MessageKey, values: MessageValues = {}): DoctorFinding => ({ level: 'wrong', key, values });
const advice = (key: MessageKey, values: MessageValues = {}): DoctorFinding => ({ level: 'advice', key, values });

export interface Patient {
	readonly dataFolder: string;
	readonly env: NodeJS.ProcessEnv;
	readonly now: Date;
}

const mebibyte = 1024 ** 2;

/** Everything that is wrong or could be better, in the order in which to mend it. */
export async function examine(patient: Patient): Promise<readonly DoctorFinding[]> {
	return [
		...checkRuntime(process.versions.node),
		...(await checkBinaries(patient)),
		...(await checkDisk(patient)),
		...checkOrigin(patient.env),
		...(await checkMail(patient.env)),
		...(await checkDatabase(patient)),
		...(await checkBackup(patient)),
		...(await checkPapers(patient.now))
	];
}

/** The oldest Node that runs our TypeScript as it is. */
const oldestNode = [22, 18] as const;

export function checkRuntime(version: string): readonly DoctorFinding[] {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const fine = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
	return fine ? [] : [wrong('doctor.node_old', { version })];
}

/** The programs of PostgreSQL, where we run it ourselves. */
async function checkBinaries({ env }: Patient): Promise<readonly DoctorFinding[]> {
	return await asFindings(async () => {
		if (!hasOwnServer(env)) majorOf(await findBinaries(env['LOOPPLANK_POSTGRES_BIN']));
		return [];
	});
}

async function checkDisk({ dataFolder }: Patient): Promise<readonly DoctorFinding[]> {
	let there = dataFolder;
	while (!existsSync(there)) there = path.dirname(there);
	const { bavail, bsize } = await statfs(there);
	const free = Math.floor((bavail * bsize) / mebibyte);
	if (free < 200) return [wrong('doctor.disk_low', { free, folder: there })];
	return free < 1024 ? [advice('doctor.disk_low', { free, folder: there })] : [];
}

/** Passkeys and encrypted drafts need https or localhost; links in letters begin with this address. */
export function checkOrigin(env: NodeJS.ProcessEnv): readonly DoctorFinding[] {
	const origin = env['ORIGIN'];
	if (origin === undefined || origin === '') return [advice('doctor.origin_missing')];
	const url = URL.canParse(origin) ? new URL(origin) : null;
	if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== origin) return [wrong('doctor.origin_bad', { origin })];
	const local = url.hostname === 'localhost' || url.hostname.endsWith('.localhost');
	return url.protocol === 'https:' || local ? [] : [wrong('doctor.origin_insecure', { origin })];
}

/** Whether letters can leave: the settings, and whether the mail server answers. Says nothing of a password in them. */
export async function checkMail(env: NodeJS.ProcessEnv, patience = 3000): Promise<readonly DoctorFinding[]> {
	const [url = '', from = ''] = [env['SMTP_URL'], env['MAIL_FROM']];
	if (url === '' && from === '') return [advice('doctor.mail_missing')];
	try {
		checkSmtpSettings({ url, from });
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		return [wrong('doctor.mail_bad', { name: error.message.startsWith('MAIL_FROM') ? 'MAIL_FROM' : 'SMTP_URL' })];
	}
	const { protocol, hostname, port } = new URL(url);
	const server = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (protocol === 'smtps:' ? 465 : 587)) };
	const why = await new Promise<string | null>((resolve) => {
		const socket = connect(server);
		const timer = setTimeout(() => end(`no answer within ${patience / 1000} s`), patience);
		const end = (result: string | null): void => {
			clearTimeout(timer);
			socket.destroy();
			resolve(result);
		};
		socket.once('connect', () => end(null));
		socket.once('error', (error) => end(error.message));
	});
	return why === null ? [] : [wrong('doctor.mail_unreachable', { host: `${server.host}:${server.port}`, why })];
}

async function checkDatabase(patient: Patient): Promise<readonly DoctorFinding[]> {
	const { dataFolder, env } = patient;
	return await asFindings(async () => {
		if (!hasOwnServer(env) && !hasEmbedded(dataFolder)) return [advice('doctor.no_database', { folder: dataFolder })];
		return await withUncheckedDatabase(dataFolder, env, async (urls) => {
			const seen = (await inspectServer(urls)).map((finding) =>
				finding.level === 'refuses' ? wrong(startProblemKey(finding), finding.values) : advice(startProblemKey(finding), finding.values)
			);
			// Whoever cannot be asked, or has not the tables we know, is not asked further.
			return seen.length > 0 ? seen : await lookInside(urls, patient);
		});
	});
}

async function lookInside(urls: DatabaseUrls, patient: Patient): Promise<readonly DoctorFinding[]> {
	const connections = openConnections(urls);
	try {
		const owner = await connections.owner();
		try {
			return [
				...(await checkClock(owner)),
				...(await checkKeyring(owner, keyringFolderOf(patient.dataFolder))),
				...(await checkLog(owner, patient.now)),
				...(await checkJobs(connections))
			];
		} finally {
			await owner.end();
		}
	} finally {
		await connections.end();
	}
}

async function checkClock(owner: Owner): Promise<readonly DoctorFinding[]> {
	const { offSeconds, logAheadMinutes } = await readClocks(owner, () => Date.now());
	if (Math.abs(offSeconds) > 5) return [wrong('doctor.clock_off', { seconds: Math.abs(offSeconds) })];
	return logAheadMinutes > 1 ? [wrong('doctor.log_ahead', { minutes: logAheadMinutes })] : [];
}

async function checkKeyring(owner: Owner, folder: string): Promise<readonly DoctorFinding[]> {
	const state = await lookAtKeyring(folder);
	const keys = await countKeys(owner, folder);
	if (state === 'absent') return keys.cases === 0 ? [] : [wrong('doctor.keyring_absent', { folder, count: keys.cases })];
	if (state !== 'fine') return [wrong(`doctor.keyring_${state}`, { folder })];
	const { tried, closed } = await sampleWords(owner, folder);
	return [
		...(keys.missing > 0 ? [wrong('doctor.keys_missing', { missing: keys.missing, cases: keys.cases })] : []),
		...(closed > 0 ? [wrong('doctor.words_closed', { closed, tried })] : [])
	];
}

/** Minutes a line may wait for its seal before someone should look: the sealer comes by each second. */
const sealPatience = 10;

async function checkLog(owner: Owner, now: Date): Promise<readonly DoctorFinding[]> {
	return (await listUnsealed(owner)).flatMap(({ name, since }) => {
		const minutes = Math.floor((now.getTime() - since.getTime()) / 60_000);
		return minutes >= sealPatience ? [wrong('doctor.unsealed', { name, minutes })] : [];
	});
}

async function checkJobs(connections: Connections): Promise<readonly DoctorFinding[]> {
	const dead = await listDeadLetters(connections.jobs);
	return dead.map(({ kind, count, code, since }) =>
		wrong('doctor.dead_letters', { kind, count, code, since: since.toISOString().slice(0, 10) })
	);
}

/** Days after which a backup is old. */
const backupDays = 7;

async function checkBackup({ dataFolder, env, now }: Patient): Promise<readonly DoctorFinding[]> {
	if (!hasNamedServer(env) && !hasEmbedded(dataFolder)) return [];
	const note = await findBackupNote(dataFolder);
	if (note === null) return [advice('doctor.backup_never')];
	const days = Math.floor((now.getTime() - Date.parse(note.madeAt)) / 86_400_000);
	return days > backupDays ? [advice('doctor.backup_old', { days })] : [];
}

/** As `hasOwnServer`, for who has heard already that half a set is named. */
const hasNamedServer = (env: NodeJS.ProcessEnv): boolean => (env['DATABASE_URL'] ?? '') !== '';

/** A known reason why something does not start is a finding like others; anything else is a fault of ours and thrown. */
async function asFindings(work: () => Promise<readonly DoctorFinding[]>): Promise<readonly DoctorFinding[]> {
	try {
		return await work();
	} catch (error) {
		const problem = startProblemOf(error);
		if (problem === undefined) throw error;
		return [wrong(startProblemKey(problem), problem.values)];
	}
}

/** Whether a paper can be made at all: one is. */
export async function checkPapers(now: Date, typesetter = typesetterPackage): Promise<readonly DoctorFinding[]> {
	const maker = openPaperMaker({ typesetter });
	try {
		const blank = { locale: 'nl', title: 'Loopplank', subtitle: '', network: '', foot: '', mark: null, pageWord: '', blocks: [] } as const;
		const made = await maker.make(blank, now);
		return made.ok ? [] : [advice('doctor.papers_unavailable')];
	} finally {
		await maker.end();
	}
}
