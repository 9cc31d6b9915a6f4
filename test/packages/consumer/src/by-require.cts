// The same packages from CommonJS: Node loads ES modules with require() from 20.19 on.
import assert = require('node:assert/strict');
import core = require('@kayako-orm/core');
import orm = require('@kayako-orm/orm');
import sandboxes = require('@kayako-orm/sandbox');

async function main(): Promise<void> {
  const imported = await import('@kayako-orm/orm');
  assert.equal(imported.Department, orm.Department);
  assert.equal(core.KayakoError, orm.KayakoError);

  const sandbox = await sandboxes.startSandbox();
  const kayako = new orm.Kayako(sandbox);
  const department = kayako.create(orm.Department, {
    title: 'Support',
    type: 'public',
    module: 'tickets',
  });
  await department.add();
  assert.ok(department instanceof imported.Department);
  const [found] = await kayako.filter(orm.Department, { title: 'Support' });
  assert.equal(found?.id, department.id);
  await department.delete();
  assert.equal(await kayako.get(orm.Department, found.id), null);
  await kayako.close();
  await sandbox.close();
  console.log(`done: ${sandbox.requests.length} requests`);
}

void main();
