import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** What arrived at a mail server of a test. */
export interface ArrivedLetter {
	readonly to: readonly string[];
	/** The whole message as it came. */
	readonly source: string;
}

export interface MailServer {
	readonly port: number;
	readonly letters: readonly ArrivedLetter[];
	close(): Promise<void>;
}

export interface MailServerWish {
	readonly port?: number;
	/** Refuses every address with this status. */
	readonly refuseTo?: number;
	/** Takes the address and refuses the letter with this status. */
	readonly refuseLetter?: number;
	/** Takes the letter and never says so. */
	readonly silentAfterLetter?: boolean;
	/** Milliseconds before it says yes to a letter. */
	readonly slow?: number;
	readonly password?: string;
}

/** A mail server on loopback, for tests. */
export async function openMailServer(wish: MailServerWish = {}): Promise<MailServer> {
	const letters: ArrivedLetter[] = [];
	const refusal = (status: number, about: string): Error => Object.assign(new Error(`no: ${about}`), { responseCode: status });
	const server = new SMTPServer({
		disabledCommands: wish.password === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
		allowInsecureAuth: true,
		authOptional: wish.password === undefined,
		onAuth: (auth, _, answer) => answer(auth.password === wish.password ? null : new Error('wrong'), { user: 'pot' }),
		onRcptTo: (address, _, answer) => answer(wish.refuseTo === undefined ? null : refusal(wish.refuseTo, address.address)),
		onData(stream, session, answer) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				const to = session.envelope.rcptTo.map((one) => one.address);
				if (wish.silentAfterLetter === true) return;
				if (wish.refuseLetter !== undefined) return answer(refusal(wish.refuseLetter, to.join()));
				setTimeout(() => {
					letters.push({ to, source: Buffer.concat(parts).toString('utf8') });
					answer();
				}, wish.slow ?? 0);
			});
		}
	});
	// A client that hangs up is part of some tests.
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => server.listen(wish.port ?? 0, '127.0.0.1', resolve));
	return {
		port: (server.server.address() as AddressInfo).port,
		letters,
		close: () => new Promise((resolve) => server.close(() => resolve()))
	};
}
