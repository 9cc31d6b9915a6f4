/** Junk in front of a document is looked through up to this many characters. */
export const MAX_JUNK: number = 64 * 1024;

/**
 * Finds where a document begins in a reply that may start with PHP notices (§3.2): at its `<?xml`, or, where
 * there is none, at its root element.
 */
export class PrologFinder {
  readonly #root: RegExp;
  #seen = '';
  #found = false;

  constructor(root: string) {
    this.#root = new RegExp(`<${root.replace(/[^\w-]/g, '')}[\\s/>]`);
  }

  /** Everything seen in front of the document: the material of an error message. */
  get junk(): string {
    return this.#seen;
  }

  get found(): boolean {
    return this.#found;
  }

  /** The chunk's part that belongs to the document; '' as long as it has not begun. */
  write(chunk: string): string {
    if (this.#found) return chunk;
    const seen = this.#seen + chunk;
    const declaration = seen.indexOf('<?xml');
    const start = declaration === -1 ? seen.search(this.#root) : declaration;
    if (start === -1) {
      this.#seen = seen;
      return '';
    }
    this.#found = true;
    this.#seen = seen.slice(0, start);
    return seen.slice(start);
  }
}
