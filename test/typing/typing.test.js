// What users see of the types: errors, hovers, proposals and what they cost. Compiles against the built packages, as
// users' programs do; `npm test` runs it as a step of its own.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { compile, expectationsIn, languageService } from './compile.js';

const MAX_INSTANTIATIONS = 400_000;

describe('the cost of the types', () => {
  it(`stays under ${MAX_INSTANTIATIONS} instantiations for 31 entities and 100 queries`, (test) => {
    const { problems, instantiations } = compile(['cost/queries.ts', 'cost/heavy-queries.ts']);
    test.diagnostic(`${instantiations} instantiations`);
    assert.deepEqual(problems, []);
    assert.ok(instantiations < MAX_INSTANTIATIONS);
  });
});

for (const exactOptionalPropertyTypes of [false, true]) {
  describe(`conditions with exactOptionalPropertyTypes ${exactOptionalPropertyTypes}`, () => {
    it('compile when they are right', () => {
      assert.deepEqual(compile(['accepted.ts'], { exactOptionalPropertyTypes }).problems, []);
    });

    const { problems } = compile(['misuse.ts'], { exactOptionalPropertyTypes });
    const expected = expectationsIn('misuse.ts');
    for (const [index, { text, line }] of expected.entries()) {
      it(`misuse.ts:${line + 2} is refused: ${text}`, () => {
        const end = expected[index + 1]?.line ?? Infinity;
        const found = problems.filter((each) => each.line > line && each.line < end);
        assert.equal(found.length, 1, JSON.stringify(found));
        assert.ok(found[0].message.includes(text), found[0].message);
      });
    }

    it('are refused for no other reason', () => {
      assert.equal(problems.length, expected.length);
    });
  });
}

describe('an editor', () => {
  const service = languageService(['hovers.ts', 'completions.ts']);

  for (const { path, text, position } of expectationsIn('hovers.ts')) {
    it(`shows ${text}`, () => {
      const { displayParts } = service.getQuickInfoAtPosition(path, position + 1);
      assert.equal(ts.displayPartsToString(displayParts).replace(/\s+/g, ' '), text);
    });
  }

  for (const { path, text, line, position } of expectationsIn('completions.ts')) {
    it(`completions.ts:${line + 2} proposes ${text}`, () => {
      const found = service.getCompletionsAtPosition(path, position, {}).entries;
      const names = found.map((each) => each.name);
      for (const name of text.split(' ')) assert.ok(names.includes(name), `${name} of ${names}`);
    });
  }
});
