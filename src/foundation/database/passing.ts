/** PostgreSQL says that it is stopping, starting, full, or that something took too long: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const passing = /^(?:08...|53...|57P0[1-5]|57014|55P03|40001|40P01)$/;
const brokenConnections = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** What the pool says without a code. */
const brokenSentences =
	/^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** Whether an error only says that the database is not there just now: the same request can be sent again. */
export function isPassing(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
	if (typeof code === 'string') return passing.test(code) || brokenConnections.has(code) || syscall === 'connect';
	return brokenSentences.test(error.message);
}
