// The one convenience on every page that needs script: the key "/" leads to the search box. Without script the box is there all the same.
const box = document.getElementById('zoek');
if (box instanceof HTMLInputElement) {
	box.placeholder = box.dataset.keyPlaceholder ?? box.placeholder;
	document.addEventListener('keydown', (event) => {
		const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
		if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
		event.preventDefault();
		box.focus();
	});
}
