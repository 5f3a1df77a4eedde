import { expect, test } from 'vitest';
import { connectionUrl, urlForDatabase, urlWithoutPassword } from './urls.ts';

test('an address by socket and by port', () => {
	expect(connectionUrl({ socketFolder: '/tmp/a b' }, 'loopplank_app', 'x')).toBe('postgresql://loopplank_app@/x?host=%2Ftmp%2Fa%20b');
	expect(connectionUrl({ port: 5433 }, 'u', 'x', 'p@/:')).toBe('postgresql://u:p%40%2F%3A@127.0.0.1:5433/x');
});

test('the same login in another database', () => {
	expect(urlForDatabase('postgresql://u@/one?host=%2Ftmp', 'two')).toBe('postgresql://u@/two?host=%2Ftmp');
	expect(urlForDatabase('postgres://u:p@a:1,b:2/one', 'two')).toBe('postgres://u:p@a:1,b:2/two');
});

test('a password is never shown', () => {
	expect(urlWithoutPassword('postgresql://u:sec:ret@host/db')).toBe('postgresql://u:•••@host/db');
	expect(urlWithoutPassword('postgresql://u@/db?host=%2Ftmp')).toBe('postgresql://u@/db?host=%2Ftmp');
	expect(urlWithoutPassword('postgresql://u:secret@a:1,b:2/db?password=secret')).not.toContain('secret');
});
