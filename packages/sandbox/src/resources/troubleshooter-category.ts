import { type Reply } from '../http/reply.js';
import { fullNameOf } from '../store/base-rows.js';
import { deleteTroubleshooterCategory } from '../store/cascades.js';
import { type TroubleshooterCategory } from '../store/troubleshooter-rows.js';
import { container, leaf, type XmlNode } from '../xml/node.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import {
  groupVisibilityOf,
  keptFlags,
  staffVisibilityToXml,
  userVisibilityToXml,
  VISIBLE_TO_ALL,
} from './group-visibility.js';
import { keptText } from './kept-text.js';
import { demand, UncaughtException } from './refusal.js';
import { byDisplayOrder } from './row-order.js';

const HIGHEST_TYPE = 3;

/** /Troubleshooter/Category (9.1). */
export const troubleshooterCategory: Controller = {
  app: 'Troubleshooter',
  names: ['Category'],
  list: (call) => categoriesReply(byDisplayOrder(call.store.troubleshooterCategories)),
  get: (call) => categoriesReply(rowsById(call, call.store.troubleshooterCategories)),
  create: (call) => categoriesReply([createCategory(call)]),
  update: (call) => categoriesReply([updateCategory(call)]),
  delete: (call) => {
    deleteTroubleshooterCategory(call.store, load(call).id);
    return deletedReply();
  },
};

function categoriesReply(rows: Iterable<TroubleshooterCategory>): Reply {
  return rowsReply('troubleshootercategories', rows, toXml);
}

function load(call: Call): TroubleshooterCategory {
  return loadRow(
    call,
    call.store.troubleshooterCategories,
    () => 'Invalid Troubleshooter Category ID',
  );
}

const NEW_CATEGORY = { displayOrder: 0, description: '', ...VISIBLE_TO_ALL } as const;

function createCategory(call: Call): TroubleshooterCategory {
  const { fields, store } = call;
  const title = fields.filled('title');
  demand(title !== undefined, 'Title field is empty');
  const categoryType = fields.code('categorytype', HIGHEST_TYPE);
  demand(categoryType !== undefined, 'Category type is empty');
  const staff = store.staff.get(fields.integer('staffid'));
  // Nothing checks it: the real server fails where it needs the name.
  if (staff === undefined) throw new UncaughtException(400, 'Invalid Staff ID');
  return store.troubleshooterCategories.insert((id) => ({
    id,
    staffId: staff.id,
    staffName: fullNameOf(staff),
    title,
    categoryType,
    views: 0,
    ...optionalFieldsOf(call, NEW_CATEGORY),
  }));
}

function updateCategory(call: Call): TroubleshooterCategory {
  const { fields } = call;
  const present = load(call);
  const title = keptText(call, 'title', present.title, 'subject is empty');
  const isBlank = fields.isPresent('categorytype') && !fields.isFilled('categorytype');
  demand(!isBlank, 'categorytype is empty');
  return call.store.troubleshooterCategories.replace({
    ...present,
    title,
    categoryType: fields.code('categorytype', HIGHEST_TYPE) ?? present.categoryType,
    ...optionalFieldsOf(call, present),
  });
}

type OptionalFields = Omit<
  TroubleshooterCategory,
  'id' | 'staffId' | 'staffName' | 'title' | 'categoryType' | 'views'
>;

/** The fields that keep their value when they are absent. */
function optionalFieldsOf(call: Call, present: OptionalFields): OptionalFields {
  return {
    displayOrder: call.fields.optionalInteger('displayorder') ?? present.displayOrder,
    description: call.fields.text('description') ?? present.description,
    ...groupVisibilityOf(call, present, keptFlags(call)),
  };
}

function toXml(row: TroubleshooterCategory): XmlNode {
  return container('troubleshootercategory', [
    leaf('id', row.id),
    leaf('staffid', row.staffId),
    leaf('staffname', row.staffName),
    leaf('title', row.title),
    leaf('description', row.description),
    leaf('categorytype', row.categoryType),
    leaf('displayorder', row.displayOrder),
    leaf('views', row.views),
    ...userVisibilityToXml(row),
    ...staffVisibilityToXml(row),
  ]);
}
