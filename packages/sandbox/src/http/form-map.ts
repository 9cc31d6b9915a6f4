/** A form value in PHP's sense: text, or an array that keeps the order of its members. */
export type FormValue = string | FormMap;

/** PHP's `max_input_nesting_level`; deeper names are dropped. */
const MAX_NESTING = 64;

/**
 * A form or one of its arrays. It is a map rather than an object: names come from the network, and one of them may be
 * `__proto__`.
 */
export class FormMap extends Map<string, FormValue> {
  #nextIndex = 0;

  override set(key: string, value: FormValue): this {
    // Integer keys push the index that the next `name[]` gets, as in PHP.
    if (/^(?:0|[1-9]\d{0,14})$/.test(key))
      this.#nextIndex = Math.max(this.#nextIndex, Number(key) + 1);
    return super.set(key, value);
  }

  /** Stores a value under a name as written in a form: `name`, `name[]`, `name[key]`, `name[0][7]` (1.3). */
  setByName(name: string, value: string): void {
    const keys = parseName(name);
    const last = keys?.pop();
    if (keys === undefined || last === undefined) return;
    let target = this as FormMap;
    for (const key of keys) target = target.#arrayAt(key);
    target.set(target.#keyFor(last), value);
  }

  #arrayAt(key: string): FormMap {
    const actualKey = this.#keyFor(key);
    const present = this.get(actualKey);
    if (present instanceof FormMap) return present;
    const created = new FormMap();
    this.set(actualKey, created);
    return created;
  }

  #keyFor(key: string): string {
    return key === '' ? String(this.#nextIndex) : key;
  }
}

/** The keys of a parameter name from the outside in, `''` for `[]`; nothing if PHP would drop the parameter. */
function parseName(name: string): string[] | undefined {
  const trimmed = name.replace(/^ +/, '');
  const bracket = trimmed.indexOf('[');
  if (bracket === 0 || trimmed === '') return undefined;
  if (bracket === -1) return [plainName(trimmed)];
  const keys = [plainName(trimmed.slice(0, bracket))];
  let position = bracket;
  while (trimmed[position] === '[') {
    const end = trimmed.indexOf(']', position);
    if (end === -1) break;
    if (keys.length > MAX_NESTING) return undefined;
    keys.push(trimmed.slice(position + 1, end));
    position = end + 1;
  }
  // An unclosed bracket is an ordinary character of the name.
  return keys.length === 1 ? [plainName(trimmed.replace('[', '_'))] : keys;
}

function plainName(name: string): string {
  return name.replace(/[ .]/g, '_');
}
