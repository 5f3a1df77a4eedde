/** Whole cents as euros with a point, without passing through a fraction: for files that a machine reads. */
export const euros = (cents: number): string => {
	const size = String(Math.abs(cents)).padStart(3, '0');
	return `${cents < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
};
