import { type Reply } from '../http/reply.js';
import { fullNameOf } from '../store/base-rows.js';
import { deleteTroubleshooterStep } from '../store/cascades.js';
import { type ItemAttachment } from '../store/file-rows.js';
import { type Store } from '../store/store.js';
import { ROOT_STEP_ID, type TroubleshooterStep } from '../store/troubleshooter-rows.js';
import { container, leaf, leaves, onlyIn, type XmlNode } from '../xml/node.js';
import { attachmentsOfItem } from './attachments-of-item.js';
import { type Call, type Controller } from './call.js';
import { deletedReply, loadRow, rowsById, rowsReply } from './documents.js';
import { keptText } from './kept-text.js';
import { toInteger } from './numbers.js';
import { demand } from './refusal.js';

const INVALID_STAFF = 'Invalid Staff ID';

/** Where the support center of the desk would be. */
const SUPPORT_CENTER = 'https://desk.example.com/index.php?';

/** /Troubleshooter/Step (9.2). */
export const troubleshooterStep: Controller = {
  app: 'Troubleshooter',
  names: ['Step'],
  list: (call) => stepsReply(call, call.store.troubleshooterSteps),
  get: (call) => stepsReply(call, rowsById(call, call.store.troubleshooterSteps)),
  create: (call) => stepsReply(call, [createStep(call)]),
  update: (call) => stepsReply(call, [updateStep(call)]),
  delete: (call) => {
    deleteTroubleshooterStep(call.store, load(call).id);
    return deletedReply();
  },
};

function stepsReply(call: Call, rows: Iterable<TroubleshooterStep>): Reply {
  return rowsReply('troubleshootersteps', rows, (row) => toXml(call.store, row));
}

function load(call: Call): TroubleshooterStep {
  return loadRow(call, call.store.troubleshooterSteps, () => 'Step ID not found');
}

const NEW_STEP = {
  displayOrder: 0,
  allowComments: false,
  redirectTickets: false,
  redirectDepartmentId: 0,
  ticketTypeId: 0,
  priorityId: 0,
} as const;

/** `stepstatus` is taken and never seen again: no answer has it. */
function createStep(call: Call): TroubleshooterStep {
  const { fields, store } = call;
  demand(fields.isFilled('categoryid'), 'Category id is empty');
  const subject = fields.filled('subject');
  demand(subject !== undefined, 'Subject is empty');
  const contents = fields.filled('contents');
  demand(contents !== undefined, 'Contents is empty');
  demand(fields.isFilled('staffid'), 'Staffid is empty');
  const staff = store.staff.get(fields.integer('staffid'));
  demand(staff !== undefined, INVALID_STAFF);
  return store.troubleshooterSteps.insert((id) => ({
    id,
    categoryId: fields.integer('categoryid'),
    staffId: staff.id,
    staffName: fullNameOf(staff),
    subject,
    isEdited: false,
    editedStaffId: 0,
    editedStaffName: '',
    views: 0,
    hasAttachments: false,
    parentIds: parentsSent(call) ?? [ROOT_STEP_ID],
    ticketSubject: fields.text('ticketsubject') ?? '',
    contents,
    ...optionalFieldsOf(call, NEW_STEP),
  }));
}

function updateStep(call: Call): TroubleshooterStep {
  const { fields, store } = call;
  const present = load(call);
  demand(fields.isFilled('editedstaffid'), 'editedstaffid is empty');
  const subject = keptText(call, 'subject', present.subject, 'subject is empty');
  const contents = keptText(call, 'contents', present.contents, 'Contents is empty');
  const editor = store.staff.get(fields.integer('editedstaffid'));
  demand(editor !== undefined, INVALID_STAFF);
  return store.troubleshooterSteps.replace({
    ...present,
    subject,
    contents,
    isEdited: true,
    editedStaffId: editor.id,
    editedStaffName: fullNameOf(editor),
    parentIds: parentsSent(call, present.id) ?? present.parentIds,
    ticketSubject: changedTicketSubject(call) ?? present.ticketSubject,
    ...optionalFieldsOf(call, present),
  });
}

/** The known steps of the comma list and the root, which is alone if there is none; no step is its own parent. */
function parentsSent(call: Call, ownId?: number): number[] | undefined {
  const sent = call.fields.ids('parentstepidlist');
  if (sent === undefined) return undefined;
  const steps = call.store.troubleshooterSteps;
  const known = sent.filter((id) => id === ROOT_STEP_ID || (id !== ownId && steps.has(id)));
  return known.length > 0 ? known : [ROOT_STEP_ID];
}

/** The real server makes a number of the text that PUT brings. */
function changedTicketSubject(call: Call): string | undefined {
  const text = call.fields.text('ticketsubject');
  if (text === undefined || !call.behaviour.strictQuirks) return text;
  return String(toInteger(text));
}

type OptionalFields = Pick<
  TroubleshooterStep,
  | 'displayOrder'
  | 'allowComments'
  | 'redirectTickets'
  | 'redirectDepartmentId'
  | 'ticketTypeId'
  | 'priorityId'
>;

/** The fields that keep their value when they are absent. */
function optionalFieldsOf({ fields }: Call, present: OptionalFields): OptionalFields {
  return {
    displayOrder: fields.optionalInteger('displayorder') ?? present.displayOrder,
    allowComments: fields.optionalFlag('allowcomments') ?? present.allowComments,
    redirectTickets: fields.optionalFlag('enableticketredirection') ?? present.redirectTickets,
    redirectDepartmentId:
      fields.optionalInteger('redirectdepartmentid') ?? present.redirectDepartmentId,
    ticketTypeId: fields.optionalInteger('tickettypeid') ?? present.ticketTypeId,
    priorityId: fields.optionalInteger('ticketpriorityid') ?? present.priorityId,
  };
}

function toXml(store: Store, row: TroubleshooterStep): XmlNode {
  const children = [...store.troubleshooterSteps].filter((step) => step.parentIds.includes(row.id));
  return container('troubleshooterstep', [
    leaf('id', row.id),
    leaf('categoryid', row.categoryId),
    leaf('staffid', row.staffId),
    leaf('staffname', row.staffName),
    leaf('subject', row.subject),
    leaf('edited', row.isEdited),
    leaf('editedstaffid', row.editedStaffId),
    leaf('editedstaffname', row.editedStaffName),
    leaf('displayorder', row.displayOrder),
    leaf('views', row.views),
    leaf('allowcomments', row.allowComments),
    ...attachmentsOfItem(row, store.troubleshooterAttachments.of(row.id), (file) =>
      linkToXml(row, file),
    ),
    container('parentsteps', leaves('id', row.parentIds)),
    container(
      'childsteps',
      children.map((step) => leaf('id', step.id)),
    ),
    leaf('redirecttickets', row.redirectTickets),
    leaf('ticketsubject', row.ticketSubject),
    leaf('redirectdepartmentid', row.redirectDepartmentId),
    leaf('tickettypeid', row.ticketTypeId),
    leaf('priorityid', row.priorityId),
    leaf('contents', row.contents),
  ]);
}

/** Documentation samples have an empty link. */
function linkToXml(row: TroubleshooterStep, file: ItemAttachment): XmlNode {
  const path = `/Troubleshooter/Step/GetAttachment/${row.categoryId}/${row.id}/${file.id}`;
  return onlyIn('live', leaf('link', SUPPORT_CENTER + path));
}
