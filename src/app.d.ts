import type { Actor } from '#foundation/actor.ts';
import type { Who } from '#foundation/identity/identity.server.ts';
import type { Installation } from '#foundation/installation.ts';
import type { Locale } from '#foundation/text/text.ts';

declare global {
	namespace App {
		interface Error {
			status: number;
			message: string;
			/** Only with an unexpected error: the id under which it stands in the program's log. */
			id?: string;
		}
		interface Locals {
			installation: Installation;
			locale: Locale;
			/** Everything known of who is signed in, for the pages about signing in itself. */
			who: Who | null;
			/** Who is signed in: null for a visitor. */
			account: { readonly accountId: string; readonly sessionId: string } | null;
			/** Who acts: null for a visitor, and for someone with several memberships who has not chosen yet. */
			actor: Actor | null;
			/** The actor's names, for the frame around the page. */
			acting: Acting | null;
		}
		interface PageData {
			/** Where it stands who has seen what this page shows; the footer leads there. */
			seen?: string;
			/** The address where this page hears that something on it changed (`/{network}/live?casus=…`); static/live.js listens. */
			live?: string;
			/** The page of someone who never signs in: the frame shows no way in. */
			bare?: boolean;
			/** A page for everyone: the frame is the same whoever reads it. */
			visiting?: Visiting;
		}
	}

	/** What the frame of a page for everyone shows: the network, and where the page stands in the other language. */
	interface Visiting {
		readonly name: string;
		readonly home: string;
		readonly other: string;
	}

	/** Names shown in the frame; null together with the actor. */
	interface Acting {
		readonly networkSlug: string;
		readonly networkName: string;
		readonly personName: string;
		readonly organisationName: string;
		/** Whether the person can act for more than one organisation or network. */
		readonly canChoose: boolean;
	}
}

export {};
