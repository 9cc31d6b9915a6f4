const CDATA_START = '<![CDATA[';
const CDATA_END = ']]>';

// Code units outside the Char production of XML 1.0. TextDecoder never yields lone surrogates.
const ILLEGAL = /[^\t\n\r -\uFFFD]/;
const ILLEGAL_ALL = new RegExp(ILLEGAL.source, 'g');
const ILLEGAL_IN_CDATA = new RegExp(`(\\]?)${ILLEGAL.source}+`, 'g');

/** A reference that the next chunk may complete. */
const CUT_REFERENCE = /&#?[0-9A-Za-z]*$/;

/** The longest reference that is kept across a cut: `&#x10FFFF;` and every named one are shorter. */
const LONGEST_REFERENCE = 12;

function isLegalCharacter(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

function repairMarkup(markup: string): string {
  const repaired = markup.includes('&') ? repairReferences(markup) : markup;
  return repaired.replace(ILLEGAL_ALL, '');
}

/**
 * Where a dropped character follows a `]`, the section is closed and opened again: `]`, U+FFFE, `]>` in a customer's
 * text would otherwise become the end of the section, and what follows would be read as elements.
 */
function repairCdata(text: string): string {
  return text.replace(ILLEGAL_IN_CDATA, (_, bracket: string) =>
    bracket === '' ? '' : `]${CDATA_END}${CDATA_START}`,
  );
}

function repairReferences(markup: string): string {
  return markup.replace(
    /&(?:(?:amp|lt|gt|quot|apos);|#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));)?/g,
    (reference, hex: string | undefined, decimal: string | undefined) => {
      if (reference === '&') return '&amp;';
      const code =
        hex !== undefined ? parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : undefined;
      return code === undefined || isLegalCharacter(code) ? reference : '';
    },
  );
}

/**
 * Makes the text of a help desk's reply acceptable to an XML parser without changing what it says (§3.2):
 * drops characters that XML 1.0 forbids and references to them, and escapes an `&` that starts no reference.
 * Inside CDATA an `&` is ordinary text, so the place in the document is carried from chunk to chunk.
 */
export class TextRepair {
  #insideCdata = false;
  /** No `>` came since the section began: were it none, but named in a comment, the comment would go on as well. */
  #isUnended = false;
  #isWithinSection = false;
  /** The end of the last chunk that cannot be judged yet: a cut CDATA delimiter or reference. */
  #carry = '';

  /** Whether what was written last lies whole inside a CDATA section that goes on, so that it may be cut there. */
  get isWithinSection(): boolean {
    return this.#isWithinSection;
  }

  write(chunk: string): string {
    const text = this.#carry === '' ? chunk : this.#carry + chunk;
    const end = text.length - this.#undecided(text);
    this.#carry = end === text.length ? '' : text.slice(end);
    const decided = this.#carry === '' ? text : text.slice(0, end);
    const isSound = !decided.includes('&') && !ILLEGAL.test(decided);
    const repaired = isSound ? decided : this.#repair(decided);
    this.#follow(decided);
    return repaired;
  }

  /** How many characters at the end may belong to something that the next chunk completes. */
  #undecided(text: string): number {
    const tail = text.slice(-LONGEST_REFERENCE);
    for (const delimiter of [CDATA_START, CDATA_END]) {
      for (let length = Math.min(delimiter.length - 1, tail.length); length > 0; length -= 1) {
        if (tail.endsWith(delimiter.slice(0, length))) return length;
      }
    }
    return CUT_REFERENCE.exec(tail)?.[0].length ?? 0;
  }

  /** Notes where in the document the text ends. */
  #follow(text: string): void {
    const lastEnd = text.lastIndexOf(CDATA_END);
    if (this.#insideCdata && lastEnd === -1) {
      this.#isUnended &&= !text.includes('>');
      // A comment's end may have begun.
      this.#isWithinSection = this.#isUnended && !text.endsWith('-') && !text.endsWith('?');
      return;
    }
    const opened = text.indexOf(CDATA_START, lastEnd + 1);
    this.#insideCdata = opened !== -1;
    this.#isUnended = this.#insideCdata && !text.includes('>', opened);
    this.#isWithinSection = false;
  }

  #repair(text: string): string {
    let repaired = '';
    let isInside = this.#insideCdata;
    for (let position = 0; position < text.length;) {
      const delimiter = isInside ? CDATA_END : CDATA_START;
      const found = text.indexOf(delimiter, position);
      const end = found === -1 ? text.length : found + delimiter.length;
      const piece = text.slice(position, end);
      repaired += isInside ? repairCdata(piece) : repairMarkup(piece);
      if (found !== -1) isInside = !isInside;
      position = end;
    }
    return repaired;
  }
}
