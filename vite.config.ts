import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { leanCss } from './src/ui/lean-css.ts';

export default defineConfig({
	plugins: [
		sveltekit({
			adapter: adapter({ out: 'build' }),
			csp: {
				// 'auto' gives each page its own nonce. No inline style anywhere, so styles need neither nonce nor hash.
				mode: 'auto',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					'img-src': ['self', 'data:'],
					'font-src': ['self'],
					'connect-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none']
				}
			},
			// No other origin may post a form here. The check stands also when NODE_ENV is not "production".
			csrf: { trustedOrigins: [] },
			paths: { relative: false }
		})
	],
	css: { postcss: { plugins: [leanCss('src')] } },
	// An inlined font or picture would be a data: address, which the content security policy refuses for fonts.
	build: { assetsInlineLimit: 0 }
});
