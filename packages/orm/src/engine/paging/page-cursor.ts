/** A page that can be asked for. */
export interface PageRequest {
  readonly route: string;
  /** Where it begins in the list: an id or an offset. */
  readonly position: number;
  /** How many rows are asked for. */
  readonly rows: number;
}

/**
 * Walks the pages of a list: which page to read, which of its rows are new, when to stop. Sends nothing.
 *
 * What it says of pages that will follow are guesses. They decide what is read beforehand, never which rows are given:
 * that is decided page by page, in order, with each page proven to join the one before.
 */
export interface PageCursor {
  /** Rows before this page have left the list: the page is not to be used, nor the rest of it read. */
  readonly hasGap: boolean;

  /** The page to read now. @param before where a page begins that is read already. */
  wanted(before?: number): PageRequest;

  /** Takes a row of the page; false when it came before or is none that is wanted. */
  accept(id: number): boolean;

  /** Whether {@link accept} would take a row. */
  isNew(id: number): boolean;

  /** Ends the page. @returns whether there is another one to read. */
  next(page: PageRequest): boolean;

  /** The page that probably follows the one that begins there; null while nothing is known about that. */
  following(position: number): PageRequest | null;

  /** Whether the page that begins there can be read as the one wanted now. */
  serves(position: number): boolean;

  /** Whether the page that begins there may still be of use, now or among the next `pages`. */
  keeps(position: number, pages: number): boolean;
}
