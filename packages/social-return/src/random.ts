import { clampShare, exp, log, pow } from './numbers.ts';
import type { Distribution } from './types.ts';

/** Draws per chunk. Each chunk of each parameter has a stream of its own, so the number of workers never changes a byte. */
export const chunkSize = 1000;

/** Uniform on (0, 1), 53 bits, never 0 or 1. */
export type Uniform = () => number;

/** Four well-mixed words from a text (murmur-like, 32-bit whole numbers only). */
const hashWords = (text: string): [number, number, number, number] => {
	let a = 1779033703;
	let b = 3144134277;
	let c = 1013904242;
	let d = 2773480762;
	for (let i = 0; i < text.length; i += 1) {
		const k = text.charCodeAt(i);
		a = b ^ Math.imul(a ^ k, 597399067);
		b = c ^ Math.imul(b ^ k, 2869860233);
		c = d ^ Math.imul(c ^ k, 951274213);
		d = a ^ Math.imul(d ^ k, 2716044179);
	}
	a = Math.imul(c ^ (a >>> 18), 597399067);
	b = Math.imul(d ^ (b >>> 22), 2869860233);
	c = Math.imul(a ^ (c >>> 17), 951274213);
	d = Math.imul(b ^ (d >>> 19), 2716044179);
	return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0];
};

/** The stream of one parameter in one chunk (generator sfc32). */
export const stream = (seed: number, key: string, chunk: number): Uniform => {
	let [a, b, c, d] = hashWords(`${String(seed)}/${key}/${String(chunk)}`);
	const next = (): number => {
		const t = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (c << 21) | (c >>> 11);
		c = (c + t) | 0;
		return t >>> 0;
	};
	for (let i = 0; i < 16; i += 1) next();
	return () => {
		const high = next() >>> 5;
		const low = next() >>> 6;
		return (high * 67108864 + low + 0.5) / 9007199254740992;
	};
};

/** Standard normal by the polar method. */
export const standardNormal = (uniform: Uniform): number => {
	for (;;) {
		const u = 2 * uniform() - 1;
		const v = 2 * uniform() - 1;
		const s = u * u + v * v;
		if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
	}
};

/** Gamma with the given shape and scale 1 (Marsaglia and Tsang 2000). */
export const standardGamma = (uniform: Uniform, shape: number): number => {
	if (shape < 1) return standardGamma(uniform, shape + 1) * pow(uniform(), 1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const x = standardNormal(uniform);
		const t = 1 + c * x;
		if (t <= 0) continue;
		const v = t * t * t;
		if (log(uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
	}
};

const standardBeta = (uniform: Uniform, alpha: number, beta: number): number => {
	const x = standardGamma(uniform, alpha);
	const y = standardGamma(uniform, beta);
	// Both underflow to 0 only for tiny shapes, where the beta is a coin with this chance.
	return x + y > 0 ? x / (x + y) : uniform() < alpha / (alpha + beta) ? 1 : 0;
};

const triangular = (u: number, low: number, mid: number, high: number): number => {
	const width = high - low;
	if (width === 0) return mid;
	const turn = (mid - low) / width;
	return u < turn ? low + Math.sqrt(u * width * (mid - low)) : high - Math.sqrt((1 - u) * width * (high - mid));
};

/** Shape parameters of a beta from events of n, or from its mean and standard error. */
export const betaShapes = (spec: Extract<Distribution, { distribution: 'beta' }>): { alpha: number; beta: number } => {
	if ('events' in spec) return { alpha: spec.events, beta: spec.of - spec.events };
	const sum = (spec.mean * (1 - spec.mean)) / (spec.standardError * spec.standardError) - 1;
	return { alpha: spec.mean * sum, beta: (1 - spec.mean) * sum };
};

/** The value that the point figures use: what was given as mid, mean or median. It need not equal the mean over draws. */
export const midOf = (value: number | Distribution): number => {
	if (typeof value === 'number') return value;
	switch (value.distribution) {
		case 'triangular':
		case 'pert':
			return value.mid;
		case 'mean-only':
		case 'normal':
		case 'gamma':
			return value.mean;
		case 'uniform':
			return (value.low + value.high) / 2;
		case 'lognormal':
			return value.median;
		case 'beta':
			return 'events' in value ? value.events / value.of : value.mean;
		case 'empirical': {
			let sum = 0;
			for (const one of value.values) sum += one;
			return sum / value.values.length;
		}
	}
};

/** One draw. */
export const draw = (value: Distribution, uniform: Uniform): number => {
	switch (value.distribution) {
		case 'triangular':
			return triangular(uniform(), value.low, value.mid, value.high);
		case 'mean-only':
			return triangular(uniform(), value.mean / 2, value.mean, 1.5 * value.mean);
		case 'pert': {
			const width = value.high - value.low;
			if (width === 0) return value.mid;
			const alpha = 1 + (4 * (value.mid - value.low)) / width;
			const beta = 1 + (4 * (value.high - value.mid)) / width;
			return value.low + width * standardBeta(uniform, alpha, beta);
		}
		case 'uniform':
			return value.low + (value.high - value.low) * uniform();
		case 'normal':
			return value.mean + value.standardDeviation * standardNormal(uniform);
		case 'lognormal': {
			// 1.959964: the 97.5% point of the standard normal.
			const sigma = (log(value.high) - log(value.low)) / (2 * 1.959963984540054);
			return exp(log(value.median) + sigma * standardNormal(uniform));
		}
		case 'gamma': {
			if (value.standardError === 0) return value.mean;
			const shape = (value.mean / value.standardError) * (value.mean / value.standardError);
			return (value.mean / shape) * standardGamma(uniform, shape);
		}
		case 'beta': {
			if ('mean' in value && value.standardError === 0) return value.mean;
			const { alpha, beta } = betaShapes(value);
			if (alpha <= 0) return 0;
			if (beta <= 0) return 1;
			return clampShare(standardBeta(uniform, alpha, beta));
		}
		case 'empirical': {
			const at = Math.floor(uniform() * value.values.length);
			return value.values[at] ?? value.values[0] ?? 0;
		}
	}
};
