/** What PHP makes of a form: text, or a map whose lists have the keys 0, 1, … */
export type PhpValue = string | PhpMap;
export interface PhpMap {
  [key: string]: PhpValue;
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function nextKey(map: PhpMap): string {
  const numbers = Object.keys(map).filter((key) => /^\d+$/.test(key));
  return String(Math.max(-1, ...numbers.map(Number)) + 1);
}

/** Reads a form as PHP does: `a[]=1`, `a[key]=1`, `a[0][key]=1`. Written from PHP's rules, not from the encoder. */
export function parsePhpForm(form: string): PhpMap {
  const result: PhpMap = {};
  for (const pair of form.split('&').filter((each) => each !== '')) {
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    const base = /^[^[]*/.exec(name)?.[0] ?? '';
    const keys = [...name.slice(base.length).matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key ?? '');
    let map = result;
    let key = base;
    for (const next of keys) {
      const inner = map[key];
      const child: PhpMap = typeof inner === 'object' ? inner : {};
      map[key] = child;
      map = child;
      key = next === '' ? nextKey(child) : next;
    }
    map[key] = value;
  }
  return result;
}
