import { nameOften } from './fill-causes.server.ts';
import { openPublicScene } from './public-scene.server.ts';
import type { Scene } from './scene.server.ts';

/** A public page that is open, with a figure on it. */
export async function fillPublic(scene: Scene): Promise<void> {
	await nameOften(scene, 5);
	const on = openPublicScene(scene);
	await on.open();
	await on.sweep();
}
