import { type ChildTable } from './child-table.js';
import { type AttachmentOwner, type ItemAttachment } from './file-rows.js';
import { ROOT_CATEGORY_ID } from './knowledgebase-rows.js';
import { type Store } from './store.js';
import { type Identified, type Table } from './table.js';
import { ROOT_STEP_ID } from './troubleshooter-rows.js';

/** Removes a department: children rise to the top, tickets go to the trash, links end (5.1). */
export function deleteDepartment(store: Store, id: number): void {
  store.departments.delete(id);
  store.departments.replaceEach((row) => (row.parentId === id ? { ...row, parentId: 0 } : row));
  store.tickets.replaceEach((row) => (row.departmentId === id ? { ...row, departmentId: 0 } : row));
  unlink(store.fieldGroups, 'departmentIds', id);
}

/** Removes a staff member; tickets keep the id and the name of their owner (5.2). */
export function deleteStaff(store: Store, id: number): void {
  store.staff.delete(id);
  store.tickets.replaceEach((row) =>
    row.watchers.some((watcher) => watcher.staffId === id)
      ? { ...row, watchers: row.watchers.filter((watcher) => watcher.staffId !== id) }
      : row,
  );
}

export function deleteStaffGroup(store: Store, id: number): void {
  store.staffGroups.delete(id);
  unlink(store.statuses, 'staffGroupIds', id);
  unlink(store.newsItems, 'staffGroupIds', id);
  unlink(store.kbCategories, 'staffGroupIds', id);
  unlink(store.troubleshooterCategories, 'staffGroupIds', id);
}

export function deleteUserGroup(store: Store, id: number): void {
  store.userGroups.delete(id);
  unlink(store.departments, 'userGroupIds', id);
  unlink(store.priorities, 'userGroupIds', id);
  unlink(store.types, 'userGroupIds', id);
  unlink(store.newsItems, 'userGroupIds', id);
  unlink(store.kbCategories, 'userGroupIds', id);
  unlink(store.troubleshooterCategories, 'userGroupIds', id);
}

/** Removes a user with its notes; tickets stay, their `userid` then points nowhere (5.4). */
export function deleteUser(store: Store, id: number): void {
  store.users.delete(id);
  store.userNotes.deleteOf(id);
}

/** Removes an organization; its users read as having none from now on (5.7). */
export function deleteOrganization(store: Store, id: number): void {
  store.organizations.delete(id);
  store.organizationNotes.deleteOf(id);
}

/** Removes a ticket with everything that hangs on it (6.1.4). */
export function deleteTicket(store: Store, id: number): void {
  store.tickets.delete(id);
  store.posts.deleteOf(id);
  store.attachments.deleteOf(id);
  store.notes.deleteOf(id);
  store.timeTracks.deleteOf(id);
  store.fieldValues.delete(id);
}

/** Removes a post with its attachments; the ticket's `replies` stays as it is (6.2). */
export function deletePost(store: Store, ticketId: number, id: number): void {
  store.posts.delete(id);
  for (const attachment of store.attachments.of(ticketId)) {
    if (attachment.postId === id) store.attachments.delete(attachment.id);
  }
}

/** Removes an attachment; a post that has none left says so. */
export function deleteAttachment(store: Store, id: number): void {
  const attachment = store.attachments.get(id);
  if (attachment === undefined) return;
  store.attachments.delete(id);
  const post = store.posts.get(attachment.postId);
  const left = store.attachments
    .of(attachment.ticketId)
    .some((other) => other.postId === attachment.postId);
  if (post !== undefined && !left) store.posts.replace({ ...post, hasAttachments: false });
}

/** Removes a news item with its comments (15). */
export function deleteNewsItem(store: Store, id: number): void {
  store.newsItems.delete(id);
  store.newsComments.deleteOf(id);
}

/** Removes a news category; its items stay, without it (15). */
export function deleteNewsCategory(store: Store, id: number): void {
  store.newsCategories.delete(id);
  unlink(store.newsItems, 'categoryIds', id);
}

/** Removes an article with its comments and files (15). */
export function deleteKbArticle(store: Store, id: number): void {
  store.kbArticles.delete(id);
  store.kbComments.deleteOf(id);
  store.kbAttachments.deleteOf(id);
}

/** Removes a category: those in it rise to the top, articles that are in no other go to the root (15). */
export function deleteKbCategory(store: Store, id: number): void {
  store.kbCategories.delete(id);
  store.kbCategories.replaceEach((row) => (row.parentId === id ? { ...row, parentId: 0 } : row));
  unlink(store.kbArticles, 'categoryIds', id, [ROOT_CATEGORY_ID]);
}

/** Removes a category with its steps and what hangs on them (15). */
export function deleteTroubleshooterCategory(store: Store, id: number): void {
  store.troubleshooterCategories.delete(id);
  for (const step of store.troubleshooterSteps) {
    if (step.categoryId === id) deleteTroubleshooterStep(store, step.id);
  }
}

/** Removes a step with its comments and files; steps that follow no other now begin at the root (15). */
export function deleteTroubleshooterStep(store: Store, id: number): void {
  store.troubleshooterSteps.delete(id);
  store.troubleshooterComments.deleteOf(id);
  store.troubleshooterAttachments.deleteOf(id);
  unlink(store.troubleshooterSteps, 'parentIds', id, [ROOT_STEP_ID]);
}

/** Removes a file of an article or a step, which says so if it has none left. */
export function deleteItemAttachment<Item extends AttachmentOwner>(
  items: Table<Item>,
  attachments: ChildTable<ItemAttachment>,
  { id, itemId }: ItemAttachment,
): void {
  attachments.delete(id);
  const item = items.get(itemId);
  if (item !== undefined && attachments.of(itemId).length === 0) {
    items.replace({ ...item, hasAttachments: false });
  }
}

/** Takes an id out of a list of ids that rows hold; `otherwise` takes the place of a list that it leaves empty. */
function unlink<
  Name extends string,
  Row extends Identified & Readonly<Record<Name, readonly number[]>>,
>(table: Table<Row>, name: Name, id: number, otherwise: readonly number[] = []): void {
  table.replaceEach((row) => {
    if (!row[name].includes(id)) return row;
    const left = row[name].filter((other) => other !== id);
    return { ...row, [name]: left.length > 0 ? left : otherwise };
  });
}
