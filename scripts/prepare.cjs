// Runs before `npm run demo` and `npm test`: brings the packages and the web build up to date, and does nothing when they are.
// Plain old JavaScript for any Node from 18 on: at the first start there is nothing else yet.
'use strict';
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = path.dirname(__dirname);
const windows = process.platform === 'win32';
const modules = path.join(root, 'node_modules');
const installStamp = path.join(modules, '.loopplank-installed');
const buildFolder = path.join(root, 'build');
const buildStamp = path.join(buildFolder, '.loopplank-built');
/** Runs TypeScript as it is; older ones need a flag or cannot. */
const neededNode = [22, 18];

/** @type {Record<string, string> | undefined} */
let sentences;

/**
 * One sentence of the catalogue, in the language of the terminal.
 * @param {string} key
 * @param {Record<string, string>} [values]
 */
const say = (key, values = {}) => {
	const dutch = /^nl/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
	sentences = sentences || JSON.parse(fs.readFileSync(path.join(root, 'messages', dutch ? 'nl.json' : 'en.json'), 'utf8'));
	const sentence = (sentences && sentences[key]) || key;
	return sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
};

/**
 * Ends with a plain sentence. 1 is what npm passes on.
 * @param {string} key
 * @param {Record<string, string>} [values]
 * @returns {never}
 */
const stop = (key, values) => {
	process.stderr.write(`\n${say(key, values)}\n\n`);
	process.exit(1);
};

/** @param {string} file */
const read = (file) => {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
		throw error;
	}
};

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** @param {string | Buffer} text */
const digest = (text) => createHash('sha256').update(text).digest('hex');

// ---------------------------------------------------------------- one at a time

/**
 * Two starts at once in one folder wait for each other. Nobody's lock (its process is gone) is taken away.
 * @param {() => void} work
 */
const alone = (work) => {
	const lock = path.join(os.tmpdir(), `loopplank-prepare-${digest(root).slice(0, 16)}`);
	for (let told = false; ;) {
		try {
			fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
			break;
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
		}
		const owner = Number(read(lock));
		// An empty lock is being written this instant.
		if (owner > 0 && !alive(owner)) fs.rmSync(lock, { force: true });
		else {
			if (!told) process.stdout.write(`${say('prepare.waiting')}\n`);
			told = true;
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
		}
	}
	const release = () => fs.rmSync(lock, { force: true });
	process.once('exit', release);
	work();
	process.removeListener('exit', release);
	release();
};

/** @param {number} pid */
const alive = (pid) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
};

// ---------------------------------------------------------------- packages

const wantedPackages = () => digest(`${read(path.join(root, 'package.json'))}\n${read(path.join(root, 'package-lock.json'))}`);

/** True when someone installed by hand what the lock asks for: then it need not be done again. */
const packagesFitLock = () => {
	const hidden = read(path.join(modules, '.package-lock.json'));
	const lock = read(path.join(root, 'package-lock.json'));
	if (hidden === undefined || lock === undefined) return false;
	/** @type {Record<string, { version?: string }>} */
	const here = JSON.parse(hidden).packages;
	/** @type {Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, inBundle?: boolean }>} */
	const asked = JSON.parse(lock).packages;
	return Object.entries(asked).every(([name, wish]) => {
		if (!name.startsWith('node_modules/')) return true;
		const found = here[name];
		return found === undefined ? wish.optional === true || wish.devOptional === true : found.version === wish.version;
	});
};

/** The program that came with the packages for this machine, or undefined. */
const ownNode = () => {
	const system = windows ? 'win' : process.platform;
	const file = path.join(modules, `node-${system}-${process.arch}`, 'bin', windows ? 'node.exe' : 'node');
	return fs.existsSync(file) ? file : undefined;
};

/** @param {string} version like v20.1.0 */
const newEnough = (version) => {
	const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = neededNode;
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
};

/** The program that npm itself runs on: the machine's own. */
const machineNode = () => process.env.npm_node_execpath || process.execPath;

/** @param {string} program */
const versionOf = (program) => {
	const answer = spawnSync(program, ['--version'], { encoding: 'utf8' });
	return answer.status === 0 ? answer.stdout.trim() : undefined;
};

/** The scripts after this one are run by the Node that came along, else by the machine's, if that is new enough. */
const checkNode = () => {
	const own = ownNode();
	if (own !== undefined && versionOf(own) !== undefined) return;
	// It came along but does not run here (a system without glibc): out of the way, so that the machine's own is found.
	if (own !== undefined) fs.rmSync(path.join(modules, '.bin', windows ? 'node.cmd' : 'node'), { force: true });
	const version = versionOf(machineNode()) || process.version;
	if (!newEnough(version)) stop('prepare.node_too_old', { version, platform: `${process.platform} ${process.arch}` });
};

/** npm waits minutes for a network that is not there; a quarter of a minute tells as much. */
const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=6000'];

const install = () => {
	process.stdout.write(`${say('prepare.installing')}\n`);
	fs.rmSync(installStamp, { force: true });
	// No package needs its install script here: the library links of PostgreSQL are made at the start, the rest brings ready programs.
	const flags = [
		'--ignore-scripts',
		'--include=dev',
		'--include=optional',
		'--no-audit',
		'--no-fund',
		'--no-progress',
		'--loglevel=error',
		...patience
	];
	// Windows cannot remove a program that runs, and this script may be running on the one in node_modules.
	const verb = windows && fs.existsSync(modules) ? 'install' : 'ci';
	const npm = process.env.npm_execpath;
	const given = [verb, ...flags];
	const answer =
		npm !== undefined && /\.c?js$/.test(npm)
			? spawnSync(machineNode(), [npm, ...given], { cwd: root, encoding: 'utf8', env: innerEnvironment() })
			: spawnSync(windows ? 'npm.cmd' : 'npm', given, { cwd: root, encoding: 'utf8', env: innerEnvironment(), shell: windows });
	if (answer.status !== 0)
		stopInstall(`${answer.error ? `${codeOf(answer.error)} ${answer.error.message}` : ''}\n${answer.stdout || ''}\n${answer.stderr || ''}`);
	checkNode();
	fs.writeFileSync(installStamp, wantedPackages());
};

/** npm inside npm: what the outer one was told about its own run must not steer the inner one. */
const innerEnvironment = () => {
	const environment = { ...process.env };
	for (const name of Object.keys(environment)) if (/^npm_(lifecycle|package|command$|config_omit$)/.test(name)) delete environment[name];
	delete environment.NODE_ENV;
	return environment;
};

/** @param {string} output @returns {never} */
const stopInstall = (output) => {
	if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/.test(output))
		stop('prepare.no_network');
	if (/\b(ENOSPC|EDQUOT)\b/.test(output)) stop('prepare.disk_full', { folder: root });
	if (/\b(EACCES|EROFS|EPERM)\b/.test(output)) stop('prepare.folder_closed', { folder: root });
	process.stderr.write(`${output.trim().split('\n').slice(-15).join('\n')}\n`);
	stop('prepare.install_failed');
};

// ---------------------------------------------------------------- web build

const sources = ['src', 'static', 'messages', 'packages', 'vite.config.ts', 'tsconfig.json', 'package.json', 'package-lock.json'];

/** A digest over names and contents of all that the build reads. Tests are no part of it. */
const sourcesDigest = () => {
	const hash = createHash('sha256');
	/** @param {string} at */
	const take = (at) => {
		const file = path.join(root, at);
		const kind = fs.statSync(file, { throwIfNoEntry: false });
		if (kind === undefined) return;
		if (kind.isDirectory()) {
			for (const name of fs.readdirSync(file).sort()) if (name !== 'node_modules') take(`${at}/${name}`);
		} else if (!/\.test\.ts$/.test(at)) hash.update(`${at}\n${kind.size}\n`).update(fs.readFileSync(file));
	};
	sources.forEach(take);
	return hash.digest('hex');
};

/** @param {string} wanted */
const build = (wanted) => {
	process.stdout.write(`${say('prepare.building')}\n`);
	fs.rmSync(buildStamp, { force: true });
	const program = ownNode() || machineNode();
	const vite = path.join(modules, 'vite', 'bin', 'vite.js');
	const answer = spawnSync(program, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'production' }
	});
	if (answer.status !== 0) {
		const output = `${answer.error ? answer.error.message : ''}\n${answer.stdout || ''}\n${answer.stderr || ''}`;
		if (/\b(ENOSPC|EDQUOT)\b/.test(output)) stop('prepare.disk_full', { folder: root });
		if (/\b(EACCES|EROFS)\b/.test(output)) stop('prepare.folder_closed', { folder: root });
		process.stderr.write(`${output.trim().split('\n').slice(-40).join('\n')}\n`);
		stop('prepare.build_failed');
	}
	fs.writeFileSync(buildStamp, wanted);
};

// ---------------------------------------------------------------- all of it

const installed = () => read(installStamp) === wantedPackages();
const built = () => read(buildStamp);

const prepare = () => {
	if (!installed()) {
		alone(() => {
			if (installed()) return; // another start did it while we waited
			if (packagesFitLock()) {
				checkNode();
				fs.writeFileSync(installStamp, wantedPackages());
			} else install();
		});
	}
	const wanted = sourcesDigest();
	if (built() !== wanted) {
		alone(() => {
			if (built() !== wanted) build(wanted);
		});
	}
};

try {
	prepare();
} catch (error) {
	const code = codeOf(error);
	if (code === 'ENOSPC' || code === 'EDQUOT') stop('prepare.disk_full', { folder: root });
	if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') stop('prepare.folder_closed', { folder: root });
	throw error;
}
