import type { NetworkFile } from '#rooms/network/schema.ts';
import { readFirstPriceList, setUpNetwork } from '#rooms/network/set-up.server.ts';
import type { NewNetwork } from '#rooms/network/set-up.server.ts';
import { readPriceListCsv } from '#rooms/returns/price-list.server.ts';
import type { OpenInstallation } from './installation.server.ts';

/** Sets a network up in an open installation, with the price list that every network begins with. */
export async function addNetwork(open: OpenInstallation, file: NetworkFile, world = open.installation.world): Promise<NewNetwork> {
	const owner = await open.connections.owner();
	try {
		return await setUpNetwork(owner, open.installation.identity, world, file, readPriceListCsv(await readFirstPriceList()));
	} finally {
		await owner.end();
	}
}
