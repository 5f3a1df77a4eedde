/**
 * Measures readings and acts at ten thousand cases, the weight of the pages, and how long a start takes; writes docs/MEASUREMENTS.md.
 * `node bench/run.ts [--cases N] [--clients N] [--acts N,N] [--seconds N] [--people N] [--no-starts] [--no-write]`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Site } from '../e2e/faults/site.ts';
import { evaluate } from '../packages/social-return/src/index.ts';
import { openConnections, valueTypes } from '../src/foundation/database/connections.server.ts';
import { openDoor } from '../src/foundation/database/door.server.ts';
import { findRunning } from '../src/foundation/database/running.server.ts';
import { openIdentity } from '../src/foundation/identity/identity.server.ts';
import { openLive } from '../src/foundation/live/live.server.ts';
import { openFolderKeyring } from '../src/foundation/keyring/keyring.server.ts';
import { realWorld } from '../src/foundation/world.ts';
import { openMailServer } from '../src/foundation/mail/testing.server.ts';
import { readFirstPriceList } from '../src/rooms/network/set-up.server.ts';
import { readPriceListCsv } from '../src/rooms/returns/price-list.server.ts';
import { valueMapOf } from '../src/rooms/returns/rules.ts';
import { valueMap } from './case-rows.ts';
import { measure } from './load.ts';
import type { Measured } from './load.ts';
import { weighAll } from './pages.ts';
import { findPgbench, measurePgbench } from './pgbench.ts';
import type { Posted } from './pgbench.ts';
import { prepare } from './prepare.ts';
import type { Asker, Prepared } from './prepare.ts';
import { describeMachine, loadRow, tableOf, writeBetweenMarkers } from './report.ts';
import { timeDemoStart } from './starts.ts';
import { listWorks, one } from './works.ts';
import type { Work } from './works.ts';

const { values } = parseArgs({
	allowNegative: true,
	options: {
		cases: { type: 'string', default: '10000' },
		clients: { type: 'string', default: '16' },
		acts: { type: 'string', default: '1,8,32' },
		people: { type: 'string', default: '400' },
		seconds: { type: 'string', default: '8' },
		starts: { type: 'boolean', default: true },
		write: { type: 'boolean', default: true },
		help: { type: 'boolean', default: false }
	}
});
if (values.help) {
	process.stdout.write(
		'node bench/run.ts [--cases 10000] [--clients 16] [--acts 1,8,32] [--people 400] [--seconds 8] [--no-starts] [--no-write]\n'
	);
	process.exit(0);
}
const whole = (text: string, least: number): number => {
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`"${text}" is not a whole number from ${least} on.`);
	return value;
};
const clients = whole(values.clients, 1);
/** How many do acts at once, one measurement each. */
const acting = values.acts.split(',').map((text) => whole(text, 1));
const asking = Math.max(clients, ...acting, 5);
const people = whole(values.people, asking);
// Two at each table: everyone then sits at more than one page of cases.
const cases = whole(values.cases, people * 13);
const load = { clients, seconds: whole(values.seconds, 1) };
/** A price of the list that every network begins with. */
const price = 'huisuitzetting-maatschappelijk';
const say = (line: string): void => void process.stderr.write(`${Math.round(performance.now() / 1000)} s  ${line}\n`);

const folder = await mkdtemp(path.join(os.tmpdir(), 'loopplank-bench-'));
// Letters go somewhere, as they would: without, each would be tried again and again while we measure.
const mail = await openMailServer();
const site = new Site(folder, { SMTP_URL: `smtp://127.0.0.1:${mail.port}`, MAIL_FROM: 'post@proef.example' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		void site
			.stop()
			.then(() => mail.close())
			.then(() => rm(folder, { recursive: true, force: true }))
			.then(() => process.exit(130));
	});
}

/** Waits until the lines of the fill are sealed, so that nothing of it is under way while we measure. */
async function waitUntilSealed(owner: pg.Pool, networkId: string): Promise<void> {
	for (let tries = 0; tries < 600; tries++) {
		const { rows } = await owner.query<{ left: boolean }>(
			`select exists (select from log_line l where l.network_id = $1 and l.xid > (select coalesce(max(s.upto_xid), '0'::xid8) from log_seal s where s.network_id = $1)) as left`,
			[networkId]
		);
		if (rows[0]?.left === false) return;
		await sleep(200);
	}
	throw new Error('The log was not sealed within two minutes.');
}

const askerOf = (askers: readonly Asker[], client: number): Asker => askers[client % askers.length] ?? one(askers);

interface AllMeasured {
	readonly readings: readonly Measured[];
	readonly acts: readonly Measured[];
	readonly posted: readonly Posted[];
	readonly weights: string;
	readonly postgres: string;
}

async function measureAll(address: string, prepared: Prepared): Promise<AllMeasured> {
	const { networkId, askers } = prepared;
	const urls = findRunning(path.join(folder, 'database'));
	if (!urls) throw new Error('The database runs.');
	const plain = new pg.Pool({ connectionString: urls.owner, max: clients, types: valueTypes });
	const connections = openConnections(urls, { max: 10 });
	try {
		say('waiting until the log is sealed');
		await waitUntilSealed(plain, networkId);
		const keyring = await openFolderKeyring(path.join(folder, 'keyring'), (size) => realWorld.random(size));
		const identity = openIdentity({
			pool: connections.identity,
			keyring,
			world: realWorld,
			origin: address,
			demo: false,
			pace: { act: 1e9, search: 1e9 }
		});
		const settings = { origin: address, demo: false, dataFolder: folder };
		const live = openLive(() => connections.single('app'));
		const installation = { door: openDoor(connections), identity, keyring, live, world: realWorld, settings };
		const works = listWorks({ ...prepared, address, installation, plain });
		const run = async ({ name, does }: Work, many: number, named = name): Promise<Measured> => {
			await does(askerOf(askers, 0));
			const result = await measure(named, { ...load, clients: many }, (client) => does(askerOf(askers, client)));
			say(loadRow(result).join('  '));
			return result;
		};
		const readings: Measured[] = [];
		for (const work of works.readings) readings.push(await run(work, clients));
		const acts: Measured[] = [];
		for (const work of works.acts) for (const many of acting) acts.push(await run(work, many, `${work.name}, ${many}`));
		const weights = await weighAll(address, plain, prepared);
		const posted =
			(await findPgbench()) === null
				? []
				: await measurePgbench(urls, { scales: [1, Math.max(...acting)], clients: acting, seconds: load.seconds });
		const version = await plain.query<{ server_version: string }>('show server_version');
		return {
			readings: [...readings, await measureCounting()],
			acts,
			posted,
			weights,
			postgres: version.rows[0]?.server_version ?? 'unknown'
		};
	} finally {
		await plain.end();
		await connections.end();
	}
}

/** What one value map costs that was not counted before: it keeps one process busy for so long, once. */
async function measureCounting(): Promise<Measured> {
	const list = readPriceListCsv(await readFirstPriceList());
	const built = valueMapOf(valueMap(price), list, { id: 'bench', title: 'bench' });
	if (!built.ok) throw new Error(JSON.stringify(built.fields));
	return await measure('count a value map, 10,000 draws: one client, in this process', { clients: 1, seconds: 2 }, () => {
		evaluate(built.map);
		return Promise.resolve();
	});
}

/** What pgbench did on the same server, or that it is not there. */
function besidePgbench(posted: readonly Posted[]): string {
	if (posted.length === 0) return '`pgbench` is not installed here: not measured.';
	const rows = posted.map(({ scale, clients: many, perSecond, mean }) => [
		`TPC-B-like, scale ${scale}, ${many}`,
		perSecond.toFixed(0),
		mean.toFixed(1)
	]);
	return tableOf(['', 'a second', 'mean ms'], rows);
}

async function timeStarts(): Promise<string> {
	const data = path.join(folder, 'demo');
	const first = await timeDemoStart(data);
	const later: number[] = [];
	for (let turn = 0; turn < 3; turn++) later.push(await timeDemoStart(data));
	const rows = [
		['first: makes the database, migrates, fills the demo network', (first / 1000).toFixed(1)],
		['second, third and fourth: middle of the three', ((later.toSorted((a, b) => a - b)[1] ?? Number.NaN) / 1000).toFixed(1)]
	];
	say(rows.map((row) => row.join('  ')).join('\n'));
	return tableOf(['start of `loopplank demo`, installed and built', 'seconds'], rows);
}

try {
	const busy = os.loadavg()[0] ?? 0;
	const prepared = await prepare({ folder, people, cases, clients: asking, price, say });
	site.start();
	const address = await site.address();
	const { readings, acts, posted, weights, postgres } = await measureAll(address, prepared);
	await site.stop();
	const starts = values.starts ? await timeStarts() : null;
	const head = ['', 'number', 'a second', 'p50 ms', 'p95 ms', 'p99 ms'];
	const text = [
		`\`npm run bench\` on ${describeMachine(postgres)}. ${cases} cases, ${people} people, ${clients} clients for readings, ${load.seconds} s each. Processes that wanted a core before it began: ${busy.toFixed(1)}.`,
		`### Readings\n\n${tableOf(head, readings.map(loadRow))}`,
		`### Acts, with their log line, under row-level security, synced to disk\n\nThe last number of a name is how many do it at once.\n\n${tableOf(head, acts.map(loadRow))}`,
		`### Beside pgbench\n\n${besidePgbench(posted)}`,
		`### Weight of the pages\n\n${weights}`,
		...(starts === null ? [] : [`### Starts\n\n${starts}`])
	].join('\n\n');
	if (values.write) writeBetweenMarkers(path.resolve(import.meta.dirname, '../docs/MEASUREMENTS.md'), text);
	process.stdout.write(`${text}\n`);
} finally {
	await site.stop();
	await mail.close();
	await rm(folder, { recursive: true, force: true });
}
