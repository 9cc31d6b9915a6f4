import { fullNameOf, type OwnerNote, type Staff } from '../store/base-rows.js';
import { type ChildTable } from '../store/child-table.js';
import { type CustomFieldValue } from '../store/custom-field-rows.js';
import { type Random } from '../store/random.js';
import { type Store } from '../store/store.js';
import { type Ticket } from '../store/ticket-rows.js';
import { textOf } from './texts.js';

const HOUR = 3600;

/** Notes on one ticket in four, time tracks on one in six, files on one in ten, custom field values on one in three. */
export function addTicketExtras(
  store: Store,
  random: Random,
  ticket: Ticket,
  staff: readonly Staff[],
): void {
  const author = random.pick(staff);
  if (random.oneIn(4)) addNote(store, random, ticket, author);
  if (random.oneIn(6)) addTimeTrack(store, random, ticket, author, random.pick(staff));
  if (random.oneIn(10)) addFile(store, random, ticket);
  if (random.oneIn(3)) addFieldValues(store, random, ticket);
  if (random.oneIn(30)) addOwnerNotes(store, random, ticket, author);
}

function addNote(store: Store, random: Random, ticket: Ticket, author: Staff): void {
  const isBySystem = random.oneIn(5);
  store.notes.insert((id) => ({
    id,
    ticketId: ticket.id,
    noteColor: random.between(1, 5),
    creatorStaffId: isBySystem ? 0 : author.id,
    forStaffId: random.oneIn(6) ? author.id : 0,
    creatorStaffName: isBySystem ? 'System & Import' : fullNameOf(author),
    creationDate: ticket.creationTime + random.between(1, 48) * HOUR,
    contents: textOf(random),
  }));
}

function addTimeTrack(
  store: Store,
  random: Random,
  ticket: Ticket,
  author: Staff,
  worker: Staff,
): void {
  const timeWorked = random.between(1, 16) * 900;
  const workDate = ticket.creationTime + random.between(1, 72) * HOUR;
  store.timeTracks.insert((id) => ({
    id,
    ticketId: ticket.id,
    timeWorked,
    timeBillable: random.oneIn(3) ? 0 : timeWorked,
    billDate: workDate + 24 * HOUR,
    workDate,
    workerStaffId: worker.id,
    workerStaffName: fullNameOf(worker),
    creatorStaffId: author.id,
    creatorStaffName: fullNameOf(author),
    noteColor: random.between(1, 5),
    contents: textOf(random),
  }));
}

function addFile(store: Store, random: Random, ticket: Ticket): void {
  const post = store.posts.of(ticket.id)[0];
  if (post === undefined) return;
  const [fileName, fileType] = random.pick([
    ['error.log', 'text/plain'],
    ['screenshot.png', 'image/png'],
    ['Übersicht 2023.pdf', 'application/pdf'],
  ] as const);
  const bytes = Array.from({ length: random.between(20, 400) }, () => random.between(0, 255));
  store.attachments.insert((id) => ({
    id,
    ticketId: ticket.id,
    postId: post.id,
    fileName,
    fileType,
    dateline: post.dateline,
    contents: Uint8Array.from(bytes),
  }));
  store.posts.replace({ ...post, hasAttachments: true });
}

function addFieldValues(store: Store, random: Random, ticket: Ticket): void {
  const values = new Map<number, CustomFieldValue>();
  for (const field of store.fields) {
    const group = store.fieldGroups.get(field.groupId);
    if (group?.departmentIds.includes(ticket.departmentId) !== true) continue;
    const option = store.fieldOptions.of(field.id)[0];
    if (option !== undefined) values.set(field.id, { kind: 'options', optionIds: [option.id] });
    else if (field.fieldName.includes('number')) {
      values.set(field.id, { kind: 'text', text: String(random.between(1000, 9_999_999)) });
    }
  }
  if (values.size > 0) store.fieldValues.set(ticket.id, values);
}

/** At most one for each user and organization: they appear in every ticket of theirs. */
function addOwnerNotes(store: Store, random: Random, ticket: Ticket, author: Staff): void {
  addOwnerNote(store.userNotes, random, ticket, author, ticket.userId);
  const organization = store.organizationOf(store.users.get(ticket.userId));
  addOwnerNote(store.organizationNotes, random, ticket, author, organization?.id ?? 0);
}

function addOwnerNote(
  table: ChildTable<OwnerNote>,
  random: Random,
  ticket: Ticket,
  author: Staff,
  ownerId: number,
): void {
  if (ownerId === 0 || table.of(ownerId).length > 0) return;
  table.insert((id) => ({
    id,
    ownerId,
    noteColor: random.between(1, 5),
    creatorStaffId: author.id,
    creatorStaffName: fullNameOf(author),
    dateline: ticket.creationTime,
    contents: textOf(random),
  }));
}
