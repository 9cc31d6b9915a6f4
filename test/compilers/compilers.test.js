// A user's entity classes, whatever their compiler. Runs in plain Node against the built packages, as users' programs do;
// `npm test` runs it as a step of its own.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Department, Kayako } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import {
  compile,
  compilerNames,
  makeOutputFolder,
  removeOutputFolder,
  variants,
} from './compile.js';
import { useEntities } from './use-entities.js';

let outputFolder = '';
let sandbox;
let kayako;

before(async () => {
  outputFolder = await makeOutputFolder();
  sandbox = await startSandbox();
  kayako = new Kayako(sandbox);
});

after(async () => {
  await kayako.close();
  await sandbox.close();
  await removeOutputFolder(outputFolder);
});

function load(folder, name) {
  return import(pathToFileURL(join(folder, `${name}.js`)).href);
}

const requestsOf = new Map();

for (const variant of variants) {
  const { compiler, fields } = variant;
  describe(`${compiler}, class fields that ${fields}`, () => {
    let folder = '';
    before(async () => {
      folder = await compile(outputFolder, variant);
    });

    it('makes entities that can be listed, read, written and related', async () => {
      const requests = await useEntities(await load(folder, 'user-entities'));
      requestsOf.set(`${compiler} ${fields}`, requests);
    });

    for (const [name, relation, line] of [
      ['HidesReference', 'desk', 'declare readonly desk: Ref<Department>;'],
      ['HidesChildren', 'messages', 'declare readonly messages: Collection<TicketPost>;'],
    ]) {
      if (fields === 'define') {
        it(`refuses a field that hides the relation ${relation}, and says what to write`, async () => {
          const { [name]: type } = await load(folder, 'hidden-relations');
          assert.throws(
            () => kayako.create(type),
            (error) => {
              assert.equal(error.code, 'RELATION_HIDDEN');
              assert.ok(error.message.includes(`${name}.${relation}`), error.message);
              assert.ok(error.message.includes(line), error.message);
              return true;
            },
          );
        });
      } else {
        it(`does not hide the relation ${relation} without declare`, async () => {
          const { [name]: type } = await load(folder, 'hidden-relations');
          const ticket = kayako.create(type, { departmentId: 1 });
          if (relation === 'desk') assert.ok((await ticket.desk.load()) instanceof Department);
          else assert.match(String(ticket.messages), /^<Collection TicketPost/);
        });
      }
    }

    if (compiler === 'esbuild') {
      it('refuses fields without a type, names them all and says what to write', async () => {
        const { PlainTypes } = await load(folder, 'unstated-types');
        assertTypesDemanded(PlainTypes, ['title', 'displayOrder', 'userVisibilityCustom']);
      });
    } else {
      it('takes plain types from the compiler', async () => {
        const { PlainTypes } = await load(folder, 'unstated-types');
        const [first] = await kayako.repository(PlainTypes).all();
        assert.deepEqual(
          { ...first.toJSON() },
          { id: 1, title: 'General', displayOrder: 1, userVisibilityCustom: false },
        );
      });
    }

    it('refuses nullable fields and lists without a type', async () => {
      const { TypesNobodyRecords } = await load(folder, 'unstated-types');
      assertTypesDemanded(TypesNobodyRecords, ['parentDepartmentId', 'userGroupIds']);
    });
  });
}

function assertTypesDemanded(type, fields) {
  assert.throws(
    () => kayako.repository(type),
    (error) => {
      assert.equal(error.code, 'METADATA_INVALID');
      for (const field of fields) {
        assert.ok(error.message.includes(`${type.name}.${field}`), error.message);
      }
      assert.match(error.message, /@Field\(\{ type: 'text' \}\)/);
      return true;
    },
  );
}

describe('all compilers', () => {
  it('lead to the same requests', () => {
    const [[firstName, expected], ...others] = requestsOf;
    assert.equal(others.length, variants.length - 1);
    for (const [name, requests] of others) {
      assert.deepEqual(requests, expected, `${name} differs from ${firstName}`);
    }
  });
});

for (const compiler of compilerNames) {
  describe(`${compiler} with standard decorators`, () => {
    let declareWith = {};
    before(async () => {
      const folder = await compile(outputFolder, { compiler, fields: 'define', standard: true });
      ({ declareWith } = await load(folder, 'each-decorator'));
    });

    for (const decorator of ['Entity', 'Id', 'Field', 'BelongsTo', 'HasMany']) {
      it(`is told by @${decorator} which option to set`, () => {
        assert.throws(
          () => declareWith[decorator](),
          (error) => {
            assert.equal(error.code, 'METADATA_INVALID');
            assert.ok(error.message.startsWith(`@${decorator} was called as a standard decorator`));
            assert.match(error.message, /"experimentalDecorators": true/);
            return true;
          },
        );
      });
    }
  });
}
