// Drafts on this device, for when the line drops. Each is sealed (AES-GCM) under a key of its account that no script can read out, in the
// browser's own database; nothing typed is stored in plain. Where WebCrypto is not there (no https, not localhost) there are no drafts.

export const databaseName = 'loopplank-drafts';

/** Days after which a draft is thrown away, whatever happens. */
export const longestDays = 7;

/** @typedef {{ id: string, account: string, savedAt: number, iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer }} Row */
/** @typedef {{ id: string, savedAt: Date, values: Record<string, string> }} Draft */

export const possible = () => globalThis.isSecureContext && globalThis.crypto?.subtle !== undefined && globalThis.indexedDB !== undefined;

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
const answer = (request) =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

/** @returns {Promise<IDBDatabase>} */
async function open() {
	const request = indexedDB.open(databaseName, 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore('keys');
		request.result.createObjectStore('drafts', { keyPath: 'id' });
	};
	const database = await answer(request);
	// Signing out deletes the database; an open page does not stand in the way.
	database.onversionchange = () => database.close();
	return database;
}

/**
 * Throws away drafts older than `longestDays`, and with `account` everything of other accounts too, their keys first.
 * @param {IDBDatabase} database
 * @param {string} [account]
 */
async function clean(database, account) {
	const transaction = database.transaction(['keys', 'drafts'], 'readwrite');
	const keys = transaction.objectStore('keys');
	const drafts = transaction.objectStore('drafts');
	if (account !== undefined) for (const owner of await answer(keys.getAllKeys())) if (owner !== account) keys.delete(owner);
	const oldest = Date.now() - longestDays * 24 * 60 * 60 * 1000;
	for (const row of /** @type {Row[]} */ (await answer(drafts.getAll())))
		if (row.savedAt < oldest || (account !== undefined && row.account !== account)) drafts.delete(row.id);
}

/** Throws away what is too old, on any page; makes no database where there is none. */
export async function cleanOld() {
	const known = await indexedDB.databases();
	if (!known.some(({ name }) => name === databaseName)) return;
	const database = await open();
	await clean(database);
	database.close();
}

/**
 * The drafts of one account; what is too old or of another account is gone by then.
 * @param {string} account
 */
export async function openDrafts(account) {
	const database = await open();
	await clean(database, account);
	const key = await keyOf(database, account);
	/** @param {string} id */
	const boundTo = (id) => new TextEncoder().encode(`${account} ${id}`);

	return {
		/**
		 * @param {string} id
		 * @param {Record<string, string>} values
		 */
		async save(id, values) {
			const iv = crypto.getRandomValues(new Uint8Array(12));
			const text = new TextEncoder().encode(JSON.stringify(values));
			const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(id) }, key, text);
			await answer(database.transaction('drafts', 'readwrite').objectStore('drafts').put({ id, account, savedAt: Date.now(), iv, sealed }));
		},
		/** @param {string} id */
		async remove(id) {
			await answer(database.transaction('drafts', 'readwrite').objectStore('drafts').delete(id));
		},
		/**
		 * Newest first.
		 * @returns {Promise<Draft[]>}
		 */
		async list() {
			const rows = /** @type {Row[]} */ (await answer(database.transaction('drafts').objectStore('drafts').getAll()));
			const drafts = rows.map(async ({ id, savedAt, iv, sealed }) => {
				const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: boundTo(id) }, key, sealed);
				return { id, savedAt: new Date(savedAt), values: JSON.parse(new TextDecoder().decode(text)) };
			});
			return (await Promise.all(drafts)).sort((a, b) => b.savedAt.getTime() - a.savedAt.getTime());
		}
	};
}

/**
 * The key of an account on this device: made at its first draft, never to be read out.
 * @param {IDBDatabase} database
 * @param {string} account
 * @returns {Promise<CryptoKey>}
 */
async function keyOf(database, account) {
	const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
	// One transaction: of two pages that open at once, both take the first one's key.
	const keys = database.transaction('keys', 'readwrite').objectStore('keys');
	const known = await answer(keys.get(account));
	if (known !== undefined) return known;
	await answer(keys.put(made, account));
	return made;
}
