/**
 * Ratios in published social return reports, extracted by machine (github.com/jcmunozmora/sroi-meta-analysis): those where two
 * extractions agree, and all that were extracted. None of the agreed reaches 30. Compare the full ratio only.
 */
export const referenceClass = {
	source: 'https://github.com/jcmunozmora/sroi-meta-analysis',
	agreed: { reports: 168, median: 4.3, p75: 7.29, p90: 10.21, p95: 16.43, p99: 25.6, max: 28.64 },
	all: { reports: 251, median: 3.58, p95: 19.63 }
} as const;
