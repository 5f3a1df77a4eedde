import { rmSync } from 'node:fs';
import { filledDemo } from './served-demo.ts';

/** Removes, after the run, the demo that its journeys began from. */
export default function setup(): () => void {
	return () => rmSync(filledDemo, { recursive: true, force: true });
}
