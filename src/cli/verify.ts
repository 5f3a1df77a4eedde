import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { AcceptanceFinding, AcceptanceReport } from '#rooms/agreements/acceptances/read.server.ts';
import type { Anchor, Finding, LogReport } from '#foundation/log/verify.server.ts';
import { answer, answerNo, progressTeller, refuseBackup } from './answer.ts';
import type { Answering } from './answer.ts';
import { more } from './backup.ts';
import { asOwner, dataFolderOf, hasEmbedded, hasOwnServer, keyringFolderOf, withDatabase } from './command-database.server.ts';
import { realWorld } from '#foundation/world.ts';
import { momentLocally, sayLocally } from './words.ts';

interface Options extends Answering {
	readonly seal: readonly string[];
	readonly network?: string;
	readonly backup?: string;
	readonly identity?: string;
}

/** A seal as someone kept it: `12:9f86d0…` or, of one of several networks, `utrecht:12:9f86d0…`. */
interface KeptSeal {
	readonly slug: string | undefined;
	readonly sealNumber: number;
	readonly hash: string;
}

const sealPattern = /^(?:([a-z0-9-]+):)?([1-9]\d{0,14}):([0-9a-fA-F]{64})$/;

/** `loopplank verify`: counts the log again from its lines; or reads a backup through. */
export function register(program: Command): void {
	program
		.command('verify')
		.description(sayLocally('cli.verify'))
		.option('--network <name>', sayLocally('cli.verify.network'))
		.option('--seal <number:hash>', sayLocally('cli.verify.seal'), more, [])
		.option('--backup <file>', sayLocally('cli.verify.backup'))
		.option('-i, --identity <file>', sayLocally('cli.option.identity'))
		.option('--json', sayLocally('cli.option.json'))
		.action(async (options: Options) => {
			const kept = options.seal.map((text) => {
				const [, slug, number, hash] = sealPattern.exec(text) ?? [];
				if (number === undefined || hash === undefined)
					return program.error(sayLocally('cli.verify.bad_seal', { seal: text }), { exitCode: 2 });
				return { slug: slug ?? options.network, sealNumber: Number(number), hash };
			});
			if (options.backup === undefined) return await verifyTheLog(program, options, kept);
			if (options.identity === undefined) program.error(sayLocally('cli.verify.needs_identity'), { exitCode: 2 });
			if (kept.length > 0 || options.network !== undefined) program.error(sayLocally('cli.verify.backup_alone'), { exitCode: 2 });
			await verifyTheBackup(options, options.backup, options.identity);
		});
}

async function verifyTheBackup(options: Options, file: string, identity: string): Promise<void> {
	const { listIdentities } = await import('#foundation/backup/keys.server.ts');
	const { verifyBackup } = await import('#foundation/backup/read-backup.server.ts');
	const identities = await listIdentities(identity);
	if (!identities.ok) return refuseBackup(options, identities.problem);
	const verified = await verifyBackup(file, identities.value, progressTeller());
	if (!verified.ok) return refuseBackup(options, verified.problem);
	const { header, tables, rows } = verified.value;
	answer(
		options,
		{ file, madeAt: header.madeAt, product: header.product, epoch: header.epoch, migrations: header.migrations.length, rows, tables },
		sayLocally('cli.verify.backup_whole', { file, madeAt: momentLocally(header.madeAt), rows, tables: tables.length })
	);
}

async function verifyTheLog(program: Command, options: Options, kept: readonly KeptSeal[]): Promise<void> {
	const dataFolder = dataFolderOf(program);
	if (!hasOwnServer(process.env) && !hasEmbedded(dataFolder))
		return answerNo(options, { problem: { code: 'no_database' } }, sayLocally('cli.no_database', { folder: dataFolder }));
	await withDatabase(dataFolder, process.env, (urls) =>
		asOwner(urls, async (owner, connections) => {
			const { openDoor } = await import('#foundation/database/door.server.ts');
			const { verifyLog } = await import('#foundation/log/verify.server.ts');
			const { appliedMigrations, listMigrations } = await import('#foundation/database/migrate.server.ts');
			const [applied, newest] = [(await appliedMigrations(owner)).length, (await listMigrations()).length];
			if (applied < newest)
				return answerNo(options, { problem: { code: 'migrations_missing' } }, sayLocally('doctor.migrations_missing', { applied, newest }));
			// The word in the address of each network, by its id.
			const slugs = new Map((await openDoor(connections).listNetworks()).map(({ networkId, slug }) => [networkId, slug]));
			const idOf = (slug: string | undefined): string | undefined => {
				const found = [...slugs].filter(([, known]) => slug === undefined || known === slug);
				return found.length === 1 ? found[0]?.[0] : undefined;
			};
			const networkId = options.network === undefined ? undefined : idOf(options.network);
			const anchors = kept.map(({ slug, sealNumber, hash }) => ({ networkId: idOf(slug), sealNumber, hash }));
			const unknown =
				options.network !== undefined && networkId === undefined
					? { slug: options.network }
					: kept[anchors.findIndex((anchor) => anchor.networkId === undefined)];
			if (unknown !== undefined) {
				const names = [...slugs.values()].join(', ');
				return answerNo(
					options,
					{ problem: { code: 'which_network' } },
					sayLocally('cli.verify.which_network', { name: unknown.slug ?? 'none', names })
				);
			}
			const report = await verifyLog(owner, { ...(networkId === undefined ? {} : { networkId }), anchors: anchors as readonly Anchor[] });
			const { verifyAcceptances } = await import('#rooms/agreements/acceptances/read.server.ts');
			const { verifyChainAnswers } = await import('#rooms/chain/agreement/proofs/read.server.ts');
			const [keys, only] = [await keysOf(dataFolder), networkId === undefined ? {} : { networkId }];
			const acceptances = [await verifyAcceptances(owner, keys, only), await verifyChainAnswers(owner, keys, only)];
			show(options, report, acceptances, slugs);
		})
	);
}

/** The keys of a data folder, to prove words with; without them only facts are proved. Looking makes no keyring where there is none. */
async function keysOf(dataFolder: string) {
	const folder = keyringFolderOf(dataFolder);
	if (!existsSync(folder)) return { openWords: () => Promise.resolve(null), hashWords: () => Promise.resolve(null) };
	const { openFolderKeyring } = await import('#foundation/keyring/keyring.server.ts');
	return openFolderKeyring(folder, realWorld.random);
}

function show(options: Options, report: LogReport, acceptances: readonly AcceptanceReport[], slugs: ReadonlyMap<string, string>): void {
	const nameOf = (networkId: string): string => slugs.get(networkId) ?? networkId;
	const networks = report.networks.map((network) => ({
		network: nameOf(network.networkId),
		...network,
		acceptances: acceptances
			.flatMap(({ networks: counted }) => counted)
			.filter((entry) => entry.networkId === network.networkId)
			.reduce((sum, entry) => sum + entry.acceptances, 0)
	}));
	const findings = [...report.findings, ...acceptances.flatMap(({ findings: found }) => found)].map((finding) => ({
		network: nameOf(finding.networkId),
		...finding,
		sentence: sentenceOf(finding, nameOf)
	}));
	const found = new Set(findings.map((finding) => finding.networkId));
	const lines = networks.map((network) => {
		const { lastSeal } = network;
		return [
			sayLocally(found.has(network.networkId) ? 'cli.verify.network_broken' : 'cli.verify.network_whole', {
				name: network.network,
				lines: network.lines,
				seals: network.seals,
				unsealed: network.unsealed
			}),
			...(lastSeal === null
				? []
				: [`  ${sayLocally('cli.verify.last_seal', { seal: `${network.network}:${lastSeal.sealNumber}:${lastSeal.hash}` })}`])
		].join('\n');
	});
	if (findings.length === 0)
		return answer(options, { networks, findings }, [...lines, sayLocally('cli.verify.whole', { networks: networks.length })].join('\n'));
	if (options.json !== true) process.stdout.write(`${lines.join('\n')}\n`);
	answerNo(options, { networks, findings }, findings.map(({ sentence }) => sentence).join('\n'));
}

function sentenceOf(finding: Finding | AcceptanceFinding, nameOf: (networkId: string) => string): string {
	const { kind, networkId, ...values } = finding;
	return sayLocally(`log.${kind}`, { name: nameOf(networkId), ...values });
}
