/**
 * Plays every act of the product through the API of a real server (`stories.ts`), by several clients at once, and lets every kind of term run out
 * (`overdue.ts`). Ends the server, its database or both at random moments without warning, starts again, sends what got no answer once more with
 * the same key, and counts after each restart and in the end (`count.ts`): nothing acknowledged is missing, nothing is half done or done twice,
 * the books are right, the log is whole. `node e2e/faults/run.ts --rounds N [--seed S] [--clients C] [--keep]`; exit 1 on any loss.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openFolderKeyring } from '../../src/foundation/keyring/keyring.server.ts';
import { realWorld } from '../../src/foundation/world.ts';
import { countLosses } from './count.ts';
import type { Losses } from './count.ts';
import { askForJobs, inDatabase, settle } from './database.ts';
import { Ledger } from './ledger.ts';
import { playAll } from './players.ts';
import { neverDone, tableOfActs } from './report.ts';
import { Site } from './site.ts';
import { makeWholeNetwork } from './whole-network.ts';

const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '10' },
		seed: { type: 'string', default: String(Date.now() % 100_000) },
		clients: { type: 'string', default: '6' },
		keep: { type: 'boolean', default: false }
	}
});
const number = (text: string, least: number): number => {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`"${text}" is not a whole number from ${least} on.`);
	return value;
};
const rounds = number(values.rounds, 1);
const seed = number(values.seed, 0);
const clients = number(values.clients, 1);
/** From so many rounds on, an act that was never acknowledged is a failure. */
const enoughRounds = 10;
/** How many acknowledged acts are sent again after a restart: the newest, and as many from all before. */
const again = 6;

/** mulberry32: the same seed kills at the same milliseconds. What is under way then differs each time. */
let state = seed >>> 0;
const chance = (): number => {
	state = (state + 0x6d2b79f5) >>> 0;
	let mixed = Math.imul(state ^ (state >>> 15), state | 1);
	mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
	return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

type Kill = 'server' | 'database' | 'both' | 'while starting';
const kills: readonly Kill[] = ['server', 'both', 'while starting', 'server', 'database'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folder = await mkdtemp(path.join(os.tmpdir(), 'loopplank-faults-'));
const network = await makeWholeNetwork(folder, clients);
const { networkId, since, overdue } = network;
const site = new Site(folder);
const ledger = new Ledger();

let over = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		over = true;
		void site.killServer().then(async () => {
			site.killDatabase();
			await rm(folder, { recursive: true, force: true, maxRetries: 5 });
			process.exit(130);
		});
	});
}

let failure: Error | undefined;

/** Waits until acts are acknowledged again. */
async function waitForAct(): Promise<void> {
	const before = ledger.acknowledged.length;
	const deadline = performance.now() + 30_000;
	while (ledger.acknowledged.length === before) {
		if (failure !== undefined) throw failure;
		if (performance.now() > deadline) throw new Error(`Nothing was acknowledged for 30 s after a kill.\n${site.said()}`);
		await sleep(5);
	}
}

async function killOnce(kill: Kill): Promise<void> {
	if (kill === 'database') return void site.killDatabase();
	if (kill === 'both' && chance() < 0.5) {
		site.killDatabase();
		await site.killServer();
	} else {
		await site.killServer();
		if (kill === 'both') site.killDatabase();
	}
	site.start();
	if (kill === 'while starting') {
		await sleep(chance() * 1_500);
		await site.killServer();
		site.start();
	}
}

/** Sends some of what was acknowledged before a kill again, with its own key. */
async function sendAgain(before: number): Promise<void> {
	const places = Array.from({ length: again }, (_, index) => before - 1 - index);
	for (let index = 0; index < again; index++) places.push(Math.floor(chance() * before));
	const entries = [...new Set(places)].map((place) => ledger.acknowledged[place]);
	await Promise.all(entries.map(async (entry) => entry?.by?.sendsAgain(entry)));
}

const found: Record<string, Set<string>> = {};
const note = (what: string, these: readonly string[]): void => {
	const known = (found[what] ??= new Set());
	for (const one of these) known.add(one);
};
function noteLosses({ missing, half, twice, log }: Losses): void {
	note('acknowledged and missing', missing);
	note('half done', half);
	note('done twice', twice);
	note('log not whole', log);
}

let lost = true;
try {
	site.start();
	await site.address();
	say(`seed ${seed}, ${clients} clients, ${rounds} rounds`);
	say('round  killed           after ms  back in ms  counted in ms  acknowledged  unanswered');
	const players = playAll({ network, ledger, address: () => site.address(), over: () => over });
	players.catch((error: unknown) => (failure = error instanceof Error ? error : new Error(String(error))));
	await waitForAct();
	for (let round = 1; round <= rounds; round++) {
		const kill = kills[(round - 1) % kills.length] ?? 'server';
		// Long enough, now and then, for the log to be sealed between two kills.
		const wait = 200 + chance() * 2_000;
		const [acknowledged, unanswered] = [ledger.acknowledged.length, ledger.unanswered];
		await inDatabase(folder, (owner) => askForJobs(owner, networkId));
		await sleep(wait);
		const before = ledger.acknowledged.length;
		const killed = performance.now();
		await killOnce(kill);
		await site.address();
		await inDatabase(folder, () => Promise.resolve());
		await waitForAct();
		const back = performance.now();
		noteLosses(await inDatabase(folder, (owner, jobs) => countLosses(owner, { networkId, since, ledger, jobs, overdue })));
		const counted = performance.now();
		await sendAgain(before);
		const numbers = [wait, back - killed, counted - back, ledger.acknowledged.length - acknowledged, ledger.unanswered - unanswered];
		const cells = numbers.map((value, index) => String(Math.round(value)).padStart([8, 10, 13, 12, 10][index] ?? 0));
		say(`${String(round).padStart(5)}  ${kill.padEnd(15)}  ${cells.join('  ')}`);
	}
	over = true;
	await players;
	const { left, ...counted } = await inDatabase(folder, async (owner, jobs) => {
		await askForJobs(owner, networkId);
		const still = await settle(owner, networkId, overdue);
		const keyring = await openFolderKeyring(path.join(folder, 'keyring'), (size) => realWorld.random(size));
		return { ...(await countLosses(owner, { networkId, since, ledger, jobs, overdue, end: { keyring } })), left: still };
	});
	noteLosses(counted);
	note('strange answers', ledger.strange);
	const { unsealed, untold, unindexed, undone } = left;
	note(
		'left behind',
		unsealed + untold + unindexed + undone === 0
			? []
			: [`${unsealed} lines not sealed, ${untold} not handed over, ${unindexed} words not in the search index, ${undone} terms not seen to`]
	);
	note('never done', rounds < enoughRounds ? [] : neverDone(ledger, counted.byProduct));
	say('');
	for (const line of tableOfActs(ledger, counted.byProduct)) say(line);
	say('');
	say(
		`acknowledged ${ledger.acknowledged.length}, acts ${counted.acts}, log lines ${counted.lines}, seals ${counted.seals}, sent again ${ledger.unanswered}`
	);
	for (const [what, these] of Object.entries(found)) {
		say(`${what.padEnd(26)} ${these.size}`);
		for (const one of [...these].slice(0, 20)) say(`    ${one}`);
	}
	lost = Object.values(found).some((these) => these.size > 0) || ledger.acknowledged.length === 0;
	await site.stop();
} finally {
	over = true;
	await site.killServer();
	site.killDatabase();
	if (lost) {
		say(site.said());
		process.exitCode = 1;
	}
	if (lost || values.keep) say(`kept: ${folder}`);
	else await rm(folder, { recursive: true, force: true });
}
