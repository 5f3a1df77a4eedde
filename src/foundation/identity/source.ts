import { isIPv6 } from 'node:net';

/**
 * Where a request comes from, for counting tries: an IPv4 address as it is, of an IPv6 address the first 64 bits, because whoever has one such
 * address has all that share them. Never stored as it is.
 */
export function sourceOf(address: string): string {
	const plain = (address.split('%', 1)[0] ?? '').toLowerCase();
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
	if (mapped !== undefined) return mapped;
	if (!isIPv6(plain)) return plain;
	const [head = '', tail] = plain.split('::');
	const groupsOf = (part: string): string[] => (part === '' ? [] : part.split(':'));
	const left = groupsOf(head);
	const right = tail === undefined ? [] : groupsOf(tail);
	const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
	return `${groups
		.slice(0, 4)
		.map((group) => group.replace(/^0+(?=.)/, ''))
		.join(':')}::/64`;
}
