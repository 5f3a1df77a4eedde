import { describe, expect, test } from 'vitest';
import { beforeFirstSeal, canonicalLine, canonicalSeal, hashSeal } from './canonical.ts';
import type { LineRecord } from './canonical.ts';

const line: LineRecord = {
	network_id: '01890000-0000-7000-8000-000000000001',
	line_id: '01890000-0000-7000-8000-000000000002',
	epoch: '1',
	xid: '745',
	at: '1772442000000000',
	act: 'case.open',
	result: 'done',
	reason: null,
	object_kind: 'case',
	object_id: '01890000-0000-7000-8000-000000000003',
	case_id: null,
	person_id: null,
	membership_id: null,
	organisation_id: null,
	origin: 'job',
	span_id: '0123456789abcdef'
};

describe('canonical records', () => {
	test('stay as they are: years of seals stand on these bytes', () => {
		expect(canonicalLine(line)).toBe(
			'network_id=36:01890000-0000-7000-8000-000000000001;line_id=36:01890000-0000-7000-8000-000000000002;epoch=1:1;xid=3:745;' +
				'at=16:1772442000000000;act=9:case.open;result=4:done;object_kind=4:case;object_id=36:01890000-0000-7000-8000-000000000003;' +
				'origin=3:job;span_id=16:0123456789abcdef;\n'
		);
		const seal = {
			network_id: line.network_id ?? '',
			seal_number: '1',
			epoch: '1',
			upto_xid: '745',
			line_count: '1',
			sealed_at: '1772442001000000'
		};
		expect(canonicalSeal(seal)).toBe(
			'network_id=36:01890000-0000-7000-8000-000000000001;seal_number=1:1;epoch=1:1;upto_xid=3:745;line_count=1:1;sealed_at=16:1772442001000000;\n'
		);
		expect(hashSeal(beforeFirstSeal, Buffer.alloc(32, 1), seal).toString('hex')).toMatchInlineSnapshot(
			`"e736f36d6f46ca32523b6e88c92999d60865932b67ee584f06a8b209b7d93409"`
		);
	});

	test('no value passes for another field or another line', () => {
		const one = canonicalLine({ ...line, act: 'a;result=4:done' });
		const other = canonicalLine({ ...line, act: 'a' });
		expect(one).not.toBe(other);
		expect(canonicalLine({ ...line, reason: '' })).not.toBe(canonicalLine(line));
		expect(canonicalLine({ ...line, act: 'é' })).toContain('act=2:é;');
	});
});
