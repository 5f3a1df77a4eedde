// The first that fits counts: many browsers also call themselves Chrome or Safari.
const browsers: readonly (readonly [RegExp, string])[] = [
	[/\bEdg(?:e|A|iOS)?\//, 'Edge'],
	[/\b(?:OPR|OPT)\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(?:Firefox|FxiOS)\//, 'Firefox'],
	[/\b(?:Chrome|Chromium|CriOS)\//, 'Chrome'],
	[/\bVersion\/[\d.]+ (?:Mobile\/\w+ )?Safari\//, 'Safari']
];
const systems: readonly (readonly [RegExp, string])[] = [
	[/\biPhone\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bMac OS X\b/, 'Mac'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bLinux\b/, 'Linux']
];

const first = (list: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
	list.find(([pattern]) => pattern.test(text))?.[1];

/** A browser in two words, e.g. "Firefox, Windows"; empty when it cannot be told. Nothing else of the user agent is kept. */
export function describeDevice(userAgent: string | null): string {
	const text = (userAgent ?? '').slice(0, 500);
	return [first(browsers, text), first(systems, text)].filter((word) => word !== undefined).join(', ');
}
