/** `desc` turns the order round; null then comes last. */
export type Direction = 'asc' | 'desc';
