// A resource that the API does not have.

export const ENTITY = `import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { AddableEntity, printEntity } from '../entity/entity.js';

@Entity({
  route: '/Acme/Gadget',
  root: 'gadgets',
  element: 'gadget',
  actions: ['list', 'get', 'add', 'delete'],
})
export class Gadget extends AddableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: 'add' }) title!: string;

  @Field({ type: keyword('public', 'private') }) type!: 'public' | 'private';

  override toString(): string {
    return printEntity(this, this.title);
  }
}
`;

export const CONTROLLER = `import { ResourceTable } from '../store/resource-table.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Controller } from './call.js';
import { deletedReply, rowsById, rowsReply } from './documents.js';

interface Gadget {
  readonly id: number;
  readonly title: string;
  readonly type: string;
}

const gadgets = new ResourceTable<Gadget>();

export const gadget: Controller = {
  app: 'Acme',
  names: ['Gadget'],
  list: (call) => rowsReply('gadgets', gadgets.of(call.store), toXml),
  get: (call) => rowsReply('gadgets', rowsById(call, gadgets.of(call.store)), toXml),
  create: (call) => {
    const title = call.fields.filled('title') ?? '';
    const type = call.fields.filled('type') ?? 'private';
    const row = gadgets.of(call.store).insert((id) => ({ id, title, type }));
    return rowsReply('gadgets', [row], toXml);
  },
  delete: (call) => {
    for (const { id } of rowsById(call, gadgets.of(call.store))) gadgets.of(call.store).delete(id);
    return deletedReply();
  },
};

function toXml(row: Gadget): XmlNode {
  return container('gadget', [leaf('id', row.id), leaf('title', row.title), leaf('type', row.type)]);
}
`;

export const PROGRAM = `import { Gadget, Kayako } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox();
const kayako = new Kayako(sandbox);
const toaster = await kayako.create(Gadget, { title: 'Toaster', type: 'private' }).add();
console.log(String(toaster), toaster.type);
const { actions } = kayako.describe().find(({ name }) => name === 'Gadget');
const [listed] = await kayako.repository(Gadget).all();
console.log(listed.title, ...actions);
const { id } = toaster;
await toaster.delete();
console.log(await kayako.get(Gadget, id));
await kayako.close();
await sandbox.close();
`;
