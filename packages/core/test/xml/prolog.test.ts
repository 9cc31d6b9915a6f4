import { PrologFinder } from '../../src/xml/prolog.js';

function found(root: string, ...chunks: string[]): string {
  const prolog = new PrologFinder(root);
  return chunks.map((chunk) => prolog.write(chunk)).join('');
}

describe('PrologFinder', () => {
  it('passes a document on from its declaration', () => {
    expect(found('users', 'Notice: x in <users> y\n<?xml version="1.0"?><users/>')).toBe(
      '<?xml version="1.0"?><users/>',
    );
  });

  it('passes a document without a declaration on from its root', () => {
    expect(found('users', '<div><usersearch>Notice</usersearch></div><users>\n</users>')).toBe(
      '<users>\n</users>',
    );
    expect(found('users', 'x<users/>')).toBe('<users/>');
    expect(found('users', 'x<users a="1">')).toBe('<users a="1">');
  });

  it.each(['junk <?xml version="1.0"?><users/>', 'junk <users>text</users>'])(
    'finds the beginning of %j wherever it is cut',
    (text) => {
      const whole = found('users', text);
      for (let place = 0; place <= text.length; place += 1)
        expect(found('users', text.slice(0, place), text.slice(place))).toBe(whole);
    },
  );

  it('keeps what it saw while nothing was found, for the message of an error', () => {
    const prolog = new PrologFinder('users');
    expect(prolog.write('<html>')).toBe('');
    expect(prolog.write('<body>')).toBe('');
    expect(prolog.found).toBe(false);
    expect(prolog.junk).toBe('<html><body>');
  });
});
