import { isPassing } from '#foundation/database/passing.ts';

/** The stack without its first lines, which hold the message: a message may quote what someone typed. */
const framesOf = (stack: string | undefined): string[] =>
	(stack ?? '')
		.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.map((line) => line.trim());

/** One line in the program's log for an unexpected error. No address, no text, no person; of a passing one not where in the program it was. */
export function describeError(
	error: unknown,
	where: { readonly id: string; readonly now: Date; readonly method: string; readonly route: string }
): string {
	const { name, code, stack } =
		error instanceof Error ? (error as Error & { code?: unknown }) : { name: typeof error, code: undefined, stack: undefined };
	return JSON.stringify({
		time: where.now.toISOString(),
		level: isPassing(error) ? 'warning' : 'error',
		id: where.id,
		method: where.method,
		route: where.route,
		error: name,
		...(typeof code === 'string' ? { code } : {}),
		...(isPassing(error) ? {} : { stack: framesOf(stack) })
	});
}
