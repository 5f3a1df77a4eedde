import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import type { Measured } from './load.ts';

const begin = '<!-- bench: begin -->';
const end = '<!-- bench: end -->';

/** A table in Markdown; the first column is text, the others are numbers. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

export const loadRow = ({ name, count, perSecond, p50, p95, p99 }: Measured): string[] => [
	...[name, String(count), perSecond.toFixed(perSecond < 100 ? 1 : 0)],
	...[p50, p95, p99].map((milliseconds) => milliseconds.toFixed(1))
];

/** What was measured on: processors, memory, versions. No names. */
export function describeMachine(postgres: string): string {
	const [cpu] = os.cpus();
	const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
	return [
		`${os.availableParallelism()} cores (${cpu?.model.trim() ?? 'unknown'})`,
		`${Math.round(os.totalmem() / 2 ** 30)} GiB memory`,
		`${os.platform()} ${os.arch()}`,
		`Node ${process.versions.node}`,
		`PostgreSQL ${postgres}`,
		`commit ${commit}`,
		new Date().toISOString().slice(0, 10)
	].join(', ');
}

/** Puts a text between the markers of docs/MEASUREMENTS.md. Throws when they are not there, once each and in order. */
export function writeBetweenMarkers(file: string, text: string): void {
	const all = readFileSync(file, 'utf8');
	const [from, to] = [all.indexOf(begin), all.indexOf(end)];
	if (from === -1 || to < from || all.split(begin).length !== 2 || all.split(end).length !== 2)
		throw new Error(`${file} has the markers ${begin} and ${end}, once each.`);
	writeFileSync(file, `${all.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${all.slice(to)}`);
}
