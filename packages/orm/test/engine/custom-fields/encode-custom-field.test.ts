import { metadataOf } from '@kayako-orm/core';
import fc from 'fast-check';
import { type CustomFieldType } from '../../../src/entities/code-tables.js';
import { CustomFieldOption } from '../../../src/entities/custom-field-option.js';
import { CustomFieldValue } from '../../../src/entities/ticket-custom-field.js';
import {
  encodeCustomField,
  encodePresent,
} from '../../../src/engine/custom-fields/encode-custom-field.js';

function option(id: number, optionValue: string, parent: number | null = null): CustomFieldOption {
  metadataOf(CustomFieldOption);
  return Object.assign(new CustomFieldOption(), {
    id,
    optionValue,
    parentCustomFieldOptionId: parent,
  });
}

function present(
  type: CustomFieldType,
  text: string,
  fileName: string | null = null,
): CustomFieldValue {
  return Object.assign(new CustomFieldValue(), { title: 'Field', type, text, fileName });
}

const definition = (fieldType: CustomFieldType) => ({ title: 'Field', fieldType }) as const;

/** Texts that read differently when they are joined. */
const text = fc.string({
  unit: fc.constantFrom('a', 'b', ',', ' ', '\\', '>', '&'),
  minLength: 1,
  maxLength: 5,
});

describe('a list of options', () => {
  it.each(['checkbox', 'multiSelect'] as const)(
    'of a %s is sent again as it was set, whatever the texts',
    (type) => {
      fc.assert(
        fc.property(
          fc.uniqueArray(text, { minLength: 1, maxLength: 5 }),
          fc.nat(),
          (texts, mask) => {
            fc.pre(texts.some((_each, index) => (mask >> index) % 2 === 1));
            const options = texts.map((each, index) => option(index + 1, each));
            const chosen = options.filter((_each, index) => (mask >> index) % 2 === 1);
            const set = encodeCustomField(
              definition(type),
              options,
              chosen.map(({ id }) => id),
              'us',
            );
            // As the server joins them (§6.6).
            const joined = chosen
              .map(({ optionValue }) => optionValue.replaceAll(',', '\\,'))
              .join(', ');
            const again = encodePresent(definition(type), options, present(type, joined), 'us');
            const readsBack = (encoded: typeof again): string =>
              (encoded.content as readonly string[])
                .map((each) => each.replaceAll(',', '\\,'))
                .join(', ');
            expect(readsBack(again)).toBe(readsBack(set));
          },
        ),
        { numRuns: 500 },
      );
    },
  );
});

it('no option of a list is taken twice where another reading of the text has each once', () => {
  const options = ['&\\', '&, &\\', 'a'].map((each, index) => option(index + 1, each));
  const joined = '&\\, &\\, a';
  const again = encodePresent(
    definition('multiSelect'),
    options,
    present('multiSelect', joined),
    'us',
  );
  expect(again.content).toEqual(['&, &\\', 'a']);
});

describe('a path', () => {
  it.each([' &gt; ', ' > '])('joined with %j is sent again as it was set', (separator) => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
        fc.nat(),
        (parents, children, pick) => {
          const options = parents.flatMap((parent, index) => [
            option(100 * (index + 1), parent),
            ...children.map((child, at) =>
              option(100 * (index + 1) + at + 1, child, 100 * (index + 1)),
            ),
          ]);
          const chosen = options[pick % options.length];
          const parent = options.find(({ id }) => id === chosen?.parentCustomFieldOptionId);
          const path = [parent, chosen].flatMap((each) => each ?? []);
          const ids = path.map(({ id }) => id);
          const joined = path.map(({ optionValue }) => optionValue).join(separator);
          const kind = definition('linkedSelect');
          const again = encodePresent(kind, options, present('linkedSelect', joined), 'us');
          const content = again.content as readonly string[];
          expect(content.join(separator)).toBe(joined);
          // Signs inside texts may make two paths look alike where the separator is a plain sign.
          const isClear = separator === ' &gt; ';
          expect(isClear ? again : null).toEqual(
            isClear ? encodeCustomField(kind, options, ids, 'us') : null,
          );
        },
      ),
    );
  });
});

describe('a value that is there', () => {
  it('is sent as it is where it is text, also a date that cannot be read', () => {
    for (const type of ['text', 'password', 'date', 'custom'] as const) {
      expect(encodePresent(definition(type), [], present(type, '31.12.11'), 'us')).toMatchObject({
        kind: 'parameter',
        value: '31.12.11',
      });
    }
  });

  it('is sent as a file under its name, or that of the field', () => {
    const base64 = Buffer.from([0, 1, 2]).toString('base64');
    const encode = (fileName: string | null): unknown =>
      encodePresent(definition('file'), [], present('file', base64, fileName), 'us');
    const content = Buffer.from([0, 1, 2]);
    expect(encode('a.bin')).toEqual({ kind: 'file', fileName: 'a.bin', content });
    expect(encode(null)).toEqual({ kind: 'file', fileName: 'Field', content });
  });

  it('is refused where its option is none any more', () => {
    const options = [option(1, 'a')];
    for (const type of ['select', 'radio', 'checkbox', 'linkedSelect'] as const) {
      expect(() => encodePresent(definition(type), options, present(type, 'b'), 'us')).toThrow(
        'has no option "b"',
      );
    }
  });
});
