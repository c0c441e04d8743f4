import { around, type Folded } from './folding.js';
import { type Snippet, snippetOf } from './snippet.js';

/** Most passages of one chat that are shown. */
const MOST_SNIPPETS = 3;

/** A passage, and the message it is from; null for the title. */
export type PlacedSnippet = Snippet & { readonly messageId: string | null };

/** What of a query one chat has: all terms must occur in it, wherever. */
export class ChatMatch {
  private missing: readonly string[];
  /** Passages with a term that none before had, and others, for places that are left. */
  private readonly telling: PlacedSnippet[] = [];
  private readonly others: PlacedSnippet[] = [];

  /** @param terms as they are compared */
  constructor(private readonly terms: readonly string[]) {
    this.missing = terms;
  }

  get isComplete(): boolean {
    return this.missing.length === 0;
  }

  /** Whether more of the chat would change nothing. */
  get isSettled(): boolean {
    return this.isComplete && this.telling.length + this.others.length >= MOST_SNIPPETS;
  }

  /** Telling ones first come, those of the title before those of messages. */
  get snippets(): PlacedSnippet[] {
    return [...this.telling, ...this.others].slice(0, MOST_SNIPPETS);
  }

  /** Takes the next text of the chat into account. */
  add(messageId: string | null, text: string, folded: Folded): void {
    const fresh = this.missing.filter((term) => folded.text.includes(term));
    const list = fresh.length > 0 ? this.telling : this.others;
    this.missing = this.missing.filter((term) => !fresh.includes(term));
    if (list.length >= MOST_SNIPPETS) return;
    const found = fresh.length > 0 ? fresh : this.terms.filter((term) => folded.text.includes(term));
    if (found.length === 0) return;
    const place = Math.min(...found.map((term) => folded.text.indexOf(term)));
    list.push({ messageId, ...snippetOf(around(text, folded, place), this.terms, found) });
  }
}
