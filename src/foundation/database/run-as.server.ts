import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { StartError } from './start-problem.ts';

/** How to start PostgreSQL's programs here: it refuses to run as root, and initdb wants a user that has a name. */
export interface RunAs {
	/** Words put before the program, e.g. `unshare --user …`. */
	readonly prefix: readonly string[];
	/** Set when we drop to an existing user: the folders must then be theirs. */
	readonly user?: { readonly uid: number; readonly gid: number };
}

interface Account {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
}

const accounts = (): readonly Account[] => {
	let passwd: string;
	try {
		passwd = readFileSync('/etc/passwd', 'utf8');
	} catch {
		return []; // no such list on this machine: then nobody has a name here
	}
	return passwd
		.split('\n')
		.map((line) => line.split(':'))
		.filter((parts) => parts.length >= 4)
		.map((parts) => ({ name: parts[0] ?? '', uid: Number(parts[2]), gid: Number(parts[3]) }));
};

/** True when the user of this process has an entry in the list of users. */
const hasName = (): boolean => {
	try {
		userInfo();
		return true;
	} catch {
		return false; // Node throws ENOENT for a user without a passwd entry
	}
};

/** Trying it is the only way to know: containers and hardened kernels refuse user namespaces, older `unshare` lacks the options. */
const namespaceWorks = (prefix: readonly string[]): boolean => {
	const [program, ...words] = prefix;
	if (program === undefined) return false;
	return spawnSync(program, [...words, 'true'], { stdio: 'ignore', timeout: 5000 }).status === 0;
};

const openToOthers = (folder: string): boolean => {
	for (let at = folder; ; at = dirname(at)) {
		try {
			if ((statSync(at).mode & 0o001) === 0) return false;
		} catch {
			return false;
		}
		if (at === dirname(at)) return true;
	}
};

const ownerOf = (folder: string): number | undefined => {
	try {
		return lstatSync(folder).uid;
	} catch {
		return undefined; // not made yet
	}
};

export interface RunAsQuestion {
	/** PostgreSQL's own data folder; it may not exist yet. */
	readonly clusterFolder: string;
	/** Folders that must be reachable for the user we drop to: the parent of the cluster and the programs. */
	readonly reach: readonly string[];
	/** False in a test of the way without user namespaces. */
	readonly namespaces?: boolean;
}

/**
 * Decides how PostgreSQL runs here. As root on Linux in a user namespace, where root is seen as an ordinary user (files stay
 * root's, and a 0700 folder above is no hindrance); where that is refused as an existing user, if every folder above is open to it.
 * Throws `StartError` `root_not_possible` or `user_without_name`.
 */
export const decideRunAs = (question: RunAsQuestion): RunAs => {
	if (process.platform === 'win32' || process.getuid === undefined) return { prefix: [] };
	const uid = process.getuid();
	if (uid !== 0 && hasName()) return { prefix: [] };

	const named = accounts();
	const inside = named.find((account) => account.uid === 65534)?.uid ?? named.find((account) => account.uid !== 0)?.uid ?? 65534;
	const prefix = ['unshare', '--user', `--map-user=${inside}`, `--map-group=${inside}`];
	const clusterOwner = ownerOf(question.clusterFolder);
	// A cluster made earlier by an ordinary user stays that user's: a namespace would not see its files as its own.
	const madeByOther = clusterOwner !== undefined && clusterOwner !== uid;
	if (process.platform === 'linux' && question.namespaces !== false && !madeByOther && namespaceWorks(prefix)) return { prefix };
	if (uid !== 0) throw new StartError('user_without_name', { uid });

	const chosen = madeByOther
		? named.find((account) => account.uid === clusterOwner)
		: (named.find((account) => account.name === 'postgres') ??
			named.find((account) => account.name === 'nobody') ??
			named.find((account) => account.uid > 0));
	const closed = question.reach.find((folder) => !openToOthers(folder));
	if (chosen === undefined || closed !== undefined) throw new StartError('root_not_possible', { folder: closed ?? question.clusterFolder });
	// Files made earlier inside a namespace are root's; the user we drop to must own them.
	if (clusterOwner === 0) execFileSync('chown', ['-R', `${chosen.uid}:${chosen.gid}`, question.clusterFolder]);
	return { prefix: [], user: { uid: chosen.uid, gid: chosen.gid } };
};
