import { expect, test } from 'vitest';
import { validate, version } from 'uuid';
import { fakeWorld, realWorld } from './world.ts';

test('ids are UUIDv7, in order of time, all different', () => {
	for (const world of [realWorld, fakeWorld()]) {
		const ids = Array.from({ length: 2000 }, () => world.id());
		for (const id of ids) expect(validate(id) && version(id)).toBe(7);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.toSorted()).toEqual(ids);
	}
});

test('random bytes have the size that was asked', () => {
	for (const size of [0, 1, 32, 65_536, 200_000]) expect(realWorld.random(size).length).toBe(size);
	expect(realWorld.random(32)).not.toEqual(realWorld.random(32));
	const large = realWorld.random(200_000);
	expect(large.subarray(190_000).some((byte) => byte !== 0)).toBe(true);
});

test('a fake world is the same in every run, and its clock moves when told', () => {
	const [one, same, other] = [fakeWorld({ seed: 5 }), fakeWorld({ seed: 5 }), fakeWorld({ seed: 6 })];
	expect(one.random(64)).toEqual(same.random(64));
	expect(one.id()).toBe(same.id());
	expect(one.random(64)).not.toEqual(other.random(64));
	const before = one.now();
	one.tick(90_000);
	expect(one.now().getTime() - before.getTime()).toBe(90_000);
	one.set(new Date(0));
	expect(one.now()).toEqual(new Date(0));
});
