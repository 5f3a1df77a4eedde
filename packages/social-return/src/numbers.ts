/*
 * Math.exp, Math.log and Math.pow may differ in the last digit from engine to engine. These use only + - * / and the
 * bits of the double, which IEEE 754 fixes, so that one seed gives the same bytes everywhere.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

const bits = new DataView(new ArrayBuffer(8));

/** 2^k, exact, for -1022 <= k <= 1023. */
const powerOfTwo = (k: number): number => {
	bits.setUint32(0, (k + 1023) << 20);
	bits.setUint32(4, 0);
	return bits.getFloat64(0);
};

/** e^x, within a few units in the last place. */
export const exp = (x: number): number => {
	if (Number.isNaN(x)) return NaN;
	if (x > 709.782712893384) return Infinity;
	if (x < -745.1332191019412) return 0;
	const k = Math.floor(x / 0.6931471805599453 + 0.5);
	const r = x - k * LN2_HIGH - k * LN2_LOW;
	// Taylor: |r| <= 0.3466, so the first term left out is below 1e-17.
	let sum = 1;
	for (let n = 14; n >= 1; n -= 1) sum = 1 + (r * sum) / n;
	if (k > 1023) return sum * powerOfTwo(1023) * powerOfTwo(k - 1023);
	if (k < -1022) return sum * powerOfTwo(-1022) * powerOfTwo(k + 1022);
	return sum * powerOfTwo(k);
};

/** Natural logarithm, within a few units in the last place; NaN below zero, -Infinity at zero. */
export const log = (x: number): number => {
	if (Number.isNaN(x) || x < 0) return NaN;
	if (x === 0) return -Infinity;
	if (x === Infinity) return Infinity;
	let value = x;
	let k = 0;
	if (value < 2.2250738585072014e-308) {
		value *= 18014398509481984;
		k -= 54;
	}
	bits.setFloat64(0, value);
	const high = bits.getUint32(0);
	k += (high >>> 20) - 1023;
	bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
	let m = bits.getFloat64(0);
	if (m > 1.4142135623730951) {
		m /= 2;
		k += 1;
	}
	// log m = 2 atanh(s), |s| <= 0.1716
	const s = (m - 1) / (m + 1);
	const square = s * s;
	let sum = 0;
	for (let n = 23; n >= 3; n -= 2) sum = square * (sum + 1 / n);
	return k * LN2_HIGH + (k * LN2_LOW + 2 * s * sum + 2 * s);
};

/** x^y for x >= 0; whole powers up to 1024 by multiplication, others by exp and log. */
export const pow = (x: number, y: number): number => {
	if (y === 0) return 1;
	if (Number.isInteger(y) && Math.abs(y) <= 1024) {
		let result = 1;
		let base = x;
		for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
			if (n % 2 === 1) result *= base;
			base *= base;
		}
		return y < 0 ? 1 / result : result;
	}
	if (x === 0) return y > 0 ? 0 : Infinity;
	return exp(y * log(x));
};

/** Rounds half away from zero. Estimates are rounded once, when shown. */
export const roundTo = (value: number, decimals: number): number => {
	const scale = pow(10, decimals);
	const size = Math.abs(value) * scale;
	// Beyond 2^52 a double holds no fraction of this scale: nothing to round.
	if (!(size < 4503599627370496)) return value;
	// The relative nudge lets 1.005, held as 1.00499999999999989, round as it is written.
	const rounded = Math.floor(size * (1 + 2 ** -51) + 0.5) / scale;
	return value < 0 ? 0 - rounded : rounded;
};

export interface RoundedParts {
	readonly parts: readonly number[];
	readonly total: number;
	/** The line "rounded" that makes the parts add up to the total; 0 when they do. */
	readonly difference: number;
}

/** Rounds parts and total each once, from the unrounded values; what no longer adds up becomes a line of its own. */
export const roundParts = (values: readonly number[], decimals = 2): RoundedParts => {
	let sum = 0;
	let roundedSum = 0;
	const parts = values.map((value) => {
		sum += value;
		const part = roundTo(value, decimals);
		roundedSum += part;
		return part;
	});
	const total = roundTo(sum, decimals);
	return { parts, total, difference: roundTo(total - roundedSum, decimals) };
};

export const clampShare = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);
