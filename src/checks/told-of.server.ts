import type { Scene } from './scene.server.ts';

/** Who was told of something by letters of a kind, each as often as they were, by id. */
export async function toldOf(scene: Scene, kind: string, key: string, id: string): Promise<string[]> {
	const owner = await scene.database.connections.owner();
	try {
		const { rows } = await owner.query<{ person: string }>(
			`select payload ->> 'personId' as person from outbox where kind = $1 and payload ->> '${key}' = $2 order by 1`,
			[kind, id]
		);
		return rows.map(({ person }) => person);
	} finally {
		await owner.end();
	}
}
