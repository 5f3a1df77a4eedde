import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const installed = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/snap/bin/chromium',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
];

/**
 * A Chromium for the journeys. `LOOPPLANK_CHROMIUM` names one; else on Linux the one that comes with our packages; else one that is installed.
 * Only our own arguments: those that @sparticuz/chromium proposes switch web security off, and a test of the content security policy or
 * of forged forms would then prove nothing.
 */
export async function openBrowser(): Promise<Browser> {
	const executablePath = await chromiumPath();
	const folder = dirname(executablePath);
	return chromium.launch({
		executablePath,
		headless: true,
		// Chromium's own sandbox does not start for root; elsewhere it stays on.
		chromiumSandbox: process.getuid?.() !== 0,
		args: ['--disable-gpu', '--font-render-hinting=none', '--force-color-profile=srgb'],
		env: { ...definedOnly(process.env), ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }) }
	});
}

async function chromiumPath(): Promise<string> {
	const named = process.env['LOOPPLANK_CHROMIUM'];
	if (named !== undefined && named !== '') {
		if (!existsSync(named)) throw new Error(`LOOPPLANK_CHROMIUM names ${named}, which is not there.`);
		return named;
	}
	if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
	const found = installed.find((path) => existsSync(path));
	if (found === undefined) throw new Error('No Chromium found. Install Chromium or Chrome, or name one with LOOPPLANK_CHROMIUM.');
	return found;
}

/**
 * Unpacks the packaged Chromium once for each version and user. It is unpacked beside its place and then moved there in one step: several
 * test processes may start at once, and none may run a file that is half written.
 */
async function packagedChromium(): Promise<string> {
	const { version } = JSON.parse(readFileSync(new URL('../node_modules/@sparticuz/chromium/package.json', import.meta.url), 'utf8')) as {
		version: string;
	};
	const place = join(tmpdir(), `loopplank-chromium-${version}-${process.getuid?.() ?? 0}`);
	const path = join(place, 'chromium');
	if (existsSync(path)) return path;
	const beside = mkdtempSync(`${place}-`);
	const before = process.env['TMPDIR'];
	try {
		// The package knows no other place to unpack to than the folder for temporary files.
		process.env['TMPDIR'] = beside;
		const packaged = (await import('@sparticuz/chromium')).default;
		packaged.setGraphicsMode = false;
		await packaged.executablePath();
		renameSync(beside, place);
	} catch (error) {
		rmSync(beside, { recursive: true, force: true });
		// Another process was first: its copy is whole.
		if (!existsSync(path)) throw error;
	} finally {
		if (before === undefined) delete process.env['TMPDIR'];
		else process.env['TMPDIR'] = before;
	}
	return path;
}

const definedOnly = (environment: NodeJS.ProcessEnv): Record<string, string> =>
	Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
