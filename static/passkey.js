// Signing in with a passkey, and making one. Without this script, or in a browser without passkeys, the form for it stays hidden.
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
	btoa(String.fromCharCode(...new Uint8Array(bytes)))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
const withBytes = (list) => (list ?? []).map((entry) => ({ ...entry, id: toBytes(entry.id) }));

async function ask(kind, options) {
	const challenge = toBytes(options.challenge);
	const credential =
		kind === 'create'
			? await navigator.credentials.create({
					publicKey: {
						...options,
						challenge,
						user: { ...options.user, id: toBytes(options.user.id) },
						excludeCredentials: withBytes(options.excludeCredentials)
					}
				})
			: await navigator.credentials.get({ publicKey: { ...options, challenge, allowCredentials: withBytes(options.allowCredentials) } });
	const { response } = credential;
	const answer = { clientDataJSON: toText(response.clientDataJSON) };
	if (kind === 'create') {
		answer.attestationObject = toText(response.attestationObject);
		answer.transports = response.getTransports?.() ?? [];
	} else {
		answer.authenticatorData = toText(response.authenticatorData);
		answer.signature = toText(response.signature);
		if (response.userHandle) answer.userHandle = toText(response.userHandle);
	}
	return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response: answer });
}

for (const part of document.querySelectorAll('[data-passkey]')) {
	if (!window.PublicKeyCredential || !window.isSecureContext) continue;
	const form = part.querySelector('form');
	const field = form.elements.namedItem('answer');
	const stopped = form.querySelector('[data-passkey-stopped]');
	part.hidden = false;
	for (const other of document.querySelectorAll('[data-passkey-otherwise]')) other.hidden = true;
	form.addEventListener('submit', async (event) => {
		if (field.value !== '') return;
		event.preventDefault();
		stopped.hidden = true;
		try {
			const reply = await fetch(part.dataset.options, { method: 'POST' });
			if (!reply.ok) throw new Error(`${reply.status}`);
			field.value = await ask(part.dataset.passkey, await reply.json());
		} catch {
			// The browser does not say why, so that no site learns which passkeys there are.
			stopped.hidden = false;
			return;
		}
		form.submit();
	});
}
