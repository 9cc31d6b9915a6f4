// What is special about the troubleshooter (§9): trees of steps, names that differ in request and response, files whose
// lists hold contents.
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import {
  Kayako,
  TroubleshooterAttachment,
  TroubleshooterCategory,
  TroubleshooterComment,
  TroubleshooterStep,
  User,
} from '@kayako-orm/orm';
import { type Desk, errorOf, existing, startDesk } from '../support/desk.js';
import * as samples from '../support/samples.js';

let desk: Desk;
let kayako: Kayako;
/** A category with a step at the beginning, and two below it. */
let category: TroubleshooterCategory;
let first: TroubleshooterStep;
let left: TroubleshooterStep;
let right: TroubleshooterStep;

beforeEach(async () => {
  desk = await startDesk();
  ({ kayako } = desk);
  category = await samples.troubleshooterCategory(kayako).add();
  const step = async (subject: string, parentStepIds: number[]): Promise<TroubleshooterStep> =>
    category.steps.create({ subject, contents: 'x', staffId: 1, parentStepIds }).add();
  first = await step('Does it smoke?', []);
  left = await step('It smokes.', [first.id]);
  right = await step('It does not.', [first.id]);
  desk.requests();
});
afterEach(async () => {
  await desk[Symbol.asyncDispose]();
});

const ids = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

/** What the last request sent. */
function sent(): Readonly<Record<string, unknown>> {
  return desk.sandbox.requests.at(-1)?.body ?? {};
}

describe('categories', () => {
  it('come by ascending id, although the help desk lists them by display order', async () => {
    const categories = kayako.repository(TroubleshooterCategory);
    for (const displayOrder of [-5, -9]) {
      const other = samples.troubleshooterCategory(kayako);
      other.displayOrder = displayOrder;
      await other.add();
    }
    const all = await categories.all();
    expect(ids(all)).toEqual([1, 2, 3]);
    expect((await categories.first())?.id).toBe(1);
    expect(ids(await categories.take(2).all())).toEqual([1, 2]);
    expect(ids(await categories.orderBy('displayOrder').all())).toEqual([3, 2, 1]);
    const looped: number[] = [];
    for await (const { id } of categories) looped.push(id);
    expect(looped).toEqual([1, 2, 3]);
  });

  it('hold their steps, and refer to the groups that see them', async () => {
    expect(ids(await category.steps.all())).toEqual([first.id, left.id, right.id]);
    category.userVisibilityCustom = true;
    category.userGroupIds = [2, 1];
    category.staffVisibilityCustom = true;
    category.staffGroupIds = [1];
    await category.save();
    expect(sent()).toEqual({
      uservisibilitycustom: '1',
      usergroupidlist: '2,1',
      staffvisibilitycustom: '1',
      staffgroupidlist: '1',
    });
    expect((await category.userGroups.all()).map(({ title }) => title)).toEqual([
      'Guest',
      'Registered',
    ]);
    expect(await category.staffGroups.count()).toBe(1);
    expect((await category.staff.load())?.id).toBe(1);
    category.userVisibilityCustom = false;
    await category.save();
    expect(category.userGroupIds).toEqual([]);
  });

  it('cannot get another author', async () => {
    category.staffId = 2;
    expect(await errorOf(() => category.save())).toMatchObject({ code: 'INVALID_VALUE' });
    const without = kayako.create(TroubleshooterCategory, { description: 'x' });
    expect(await errorOf(() => without.add())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['staffId', 'title', 'categoryType'],
    });
  });

  it('take their steps along, with all that belongs to them, in one walk', async () => {
    await left.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'Run.' }).add();
    desk.requests();
    const [loaded] = await kayako
      .repository(TroubleshooterCategory)
      .include('steps', 'steps.comments', 'steps.parents')
      .all();
    const steps = loaded?.steps.items ?? [];
    expect(steps.map((step) => step.comments.items.length)).toEqual([0, 1, 0]);
    expect(steps.map((step) => ids(step.parents.items))).toEqual([[], [first.id], [first.id]]);
    expect(desk.requests().length).toBeLessThanOrEqual(6);
  });
});

describe('steps', () => {
  it('form a tree', async () => {
    await first.reload();
    expect(first.parentStepIds).toEqual([]);
    expect(first.childStepIds).toEqual([left.id, right.id]);
    desk.requests();
    expect((await first.children.all()).map(({ subject }) => subject)).toEqual([
      'It smokes.',
      'It does not.',
    ]);
    expect(desk.requests()).toEqual(['GET /Troubleshooter/Step']);
    expect(ids(await left.parents.all())).toEqual([first.id]);
    const steps = kayako.repository(TroubleshooterStep);
    expect(ids(await steps.where({ parents: first }).all())).toEqual([left.id, right.id]);
    expect(ids(await steps.where({ parentStepIds: first.id, category }).all())).toEqual([
      left.id,
      right.id,
    ]);
    expect(ids(await steps.where({ children: { subject: 'It smokes.' } }).all())).toEqual([
      first.id,
    ]);
  });

  it('go back to the beginning when they have no parents any more', async () => {
    left.parentStepIds = [];
    left.editedStaffId = 1;
    await left.save();
    expect(sent()).toEqual({ parentstepidlist: '0', editedstaffid: '1' });
    expect((await existing(kayako.get(TroubleshooterStep, left.id))).parentStepIds).toEqual([]);
    right.parentStepIds = [first.id, left.id];
    right.editedStaffId = 1;
    await right.save();
    expect(sent()).toEqual({ parentstepidlist: `${first.id},${left.id}`, editedstaffid: '1' });
  });

  it('say who saves them', async () => {
    left.subject = 'It smokes a lot.';
    expect(await errorOf(() => left.save())).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['editedStaffId'],
    });
    expect(desk.requests()).toEqual([]);
    left.editedStaffId = 1;
    await left.save();
    expect(left).toMatchObject({ edited: true, editedStaffId: 1 });
    expect(left.editedStaffName).not.toBe('');
    expect((await left.editor.load())?.id).toBe(1);
    left.subject = 'It smokes.';
    await left.save();
    expect(sent()).toEqual({ subject: 'It smokes.', editedstaffid: '1' });
  });

  it('have one name for what the wire calls differently when it is sent', async () => {
    const step = category.steps.create({
      subject: 'Write to us',
      contents: 'x',
      staffId: 1,
      redirectTickets: true,
      redirectDepartmentId: 1,
      ticketTypeId: 2,
      priorityId: 3,
      ticketSubject: 'Smoke',
      stepStatus: 'published',
    });
    await step.add();
    expect(sent()).toEqual({
      categoryid: String(category.id),
      subject: 'Write to us',
      contents: 'x',
      staffid: '1',
      enableticketredirection: '1',
      redirectdepartmentid: '1',
      tickettypeid: '2',
      ticketpriorityid: '3',
      ticketsubject: 'Smoke',
      stepstatus: '1',
    });
    expect(step).toMatchObject({ redirectTickets: true, priorityId: 3, ticketSubject: 'Smoke' });
    expect((await step.redirectDepartment.load())?.title).toBe('General');
    expect((await step.ticketType.load())?.id).toBe(2);
    expect((await step.priority.load())?.id).toBe(3);
    expect((await step.staff.load())?.id).toBe(1);
    expect((await step.category.load())?.title).toBe(category.title);
    Object.assign(step, { redirectTickets: false, priorityId: null, editedStaffId: 1 });
    await step.save();
    expect(sent()).toEqual({
      enableticketredirection: '0',
      ticketpriorityid: '0',
      editedstaffid: '1',
    });
    expect(step).toMatchObject({ redirectTickets: false, priorityId: null });
  });

  it('keep their status to themselves', async () => {
    const draft = category.steps.create({ subject: 'x', contents: 'x', staffId: 1 });
    draft.stepStatus = 'draft';
    await draft.add();
    expect(sent()).toMatchObject({ stepstatus: '2' });
    const read = await existing(kayako.get(TroubleshooterStep, draft.id));
    expect(read.stepStatus).toBeUndefined();
    draft.stepStatus = 'published';
    draft.editedStaffId = 1;
    expect(await errorOf(() => draft.save())).toMatchObject({ code: 'INVALID_VALUE' });
    const steps = kayako.repository(TroubleshooterStep);
    expect(
      await errorOf(async () => steps.where({ stepStatus: 'draft' } as never).all()),
    ).toMatchObject({ code: 'UNKNOWN_FIELD' });
  });

  it('keep the subject of their tickets, which the server would make a number of', async () => {
    await using quirky = await startDesk({ strictQuirks: true });
    const step = await samples.troubleshooterStep(quirky.kayako);
    step.ticketSubject = 'Smoke';
    await step.add();
    step.subject = 'Other';
    step.editedStaffId = 1;
    await step.save();
    expect(step.ticketSubject).toBe('Smoke');
    step.ticketSubject = 'Fire';
    quirky.requests();
    const error = await errorOf(() => step.save());
    expect(error).toMatchObject({ code: 'INVALID_VALUE' });
    expect(error.message).toContain('ticketSubject');
    expect(quirky.requests()).toEqual([]);
  });

  it('come by ascending id, and are gone with null', async () => {
    expect(ids(await kayako.repository(TroubleshooterStep).all())).toEqual([
      first.id,
      left.id,
      right.id,
    ]);
    const { id } = right;
    await right.delete();
    expect(await kayako.get(TroubleshooterStep, id)).toBeNull();
    await right.add();
    expect(right.id).toBeGreaterThan(id);
    expect(right.parentStepIds).toEqual([first.id]);
    expect(String(right)).toBe(`<TroubleshooterStep (${right.id}): It does not.>`);
  });
});

describe('comments', () => {
  it('are approved where staff wrote them, and wait where users did', async () => {
    const user = await existing(kayako.get(User, 1));
    const byStaff = left.comments.create({
      creatorType: 'staff',
      creatorId: 1,
      contents: 'Run.',
    });
    const byUser = left.comments.create({
      creatorType: 'user',
      creatorId: user.id,
      contents: 'Where to?',
    });
    const byGuest = left.comments.create({
      creatorType: 'user',
      fullName: 'Guest',
      contents: 'Out.',
    });
    for (const comment of [byStaff, byUser, byGuest]) await comment.add();
    const found = await left.comments.all();
    expect(found.map(({ commentStatus }) => commentStatus)).toEqual([
      'approved',
      'pending',
      'pending',
    ]);
    expect(found.map(({ creatorId }) => creatorId)).toEqual([1, user.id, null]);
    expect(found[1]?.fullName).toBe(user.fullName);
    expect(String(byGuest)).toBe(`<TroubleshooterComment (${byGuest.id}): Guest>`);
  });

  it('are listed by step or all together, and read by id alone', async () => {
    for (const step of [left, right]) {
      await step.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'x' }).add();
    }
    const comments = kayako.repository(TroubleshooterComment);
    desk.requests();
    const [comment] = await left.comments.all();
    expect(comment?.troubleshooterStepId).toBe(left.id);
    expect(await comments.where({ creatorType: 'staff' }).count()).toBe(2);
    expect((await kayako.get(TroubleshooterComment, comment?.id ?? 0))?.contents).toBe('x');
    expect(await kayako.get(TroubleshooterComment, 4711)).toBeNull();
    expect(desk.requests()).toEqual([
      `GET /Troubleshooter/Comment/ListAll/${left.id}`,
      'GET /Troubleshooter/Comment',
      `GET /Troubleshooter/Comment/${comment?.id}`,
      'GET /Troubleshooter/Comment/4711',
    ]);
    expect((await comment?.step.load())?.subject).toBe('It smokes.');
  });

  it('refer to the staff member or the user who wrote them', async () => {
    const byStaff = left.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'x' });
    const byUser = left.comments.create({ creatorType: 'user', creatorId: 1, contents: 'x' });
    await byStaff.add();
    await byUser.add();
    const loaded = await kayako
      .repository(TroubleshooterComment)
      .where({ troubleshooterStepId: left.id })
      .include('staff', 'user')
      .all();
    expect(loaded.map(({ staff, user }) => [staff.value?.id, user.value?.id])).toEqual([
      [1, undefined],
      [undefined, 1],
    ]);
    const { user } = loaded[1] ?? {};
    expect(user?.value?.fullName).toBe('Test User');
    const comments = kayako.repository(TroubleshooterComment);
    expect(ids(await comments.where({ staff: { id: 1 } }).all())).toEqual([byStaff.id]);
    expect(await byStaff.user.load()).toBeNull();
  });

  it('have replies', async () => {
    const comment = await left.comments
      .create({ creatorType: 'staff', creatorId: 1, contents: 'Run.' })
      .add();
    const reply = await comment.replies
      .create({ creatorType: 'user', fullName: 'Guest', contents: 'Where to?' })
      .add();
    expect(sent()).toMatchObject({
      parentcommentid: String(comment.id),
      troubleshooterstepid: String(left.id),
    });
    desk.requests();
    expect(ids(await comment.replies.all())).toEqual([reply.id]);
    expect(desk.requests()).toEqual([`GET /Troubleshooter/Comment/ListAll/${left.id}`]);
    expect((await reply.parentComment.load())?.contents).toBe('Run.');
  });

  it('need an author, and are never saved', async () => {
    const comment = left.comments.create({ creatorType: 'user', contents: 'x' });
    expect(await errorOf(() => comment.add())).toMatchObject({ code: 'REQUIRED_FIELDS' });
    comment.fullName = 'Guest';
    await comment.add();
    const { save } = comment as unknown as { save: () => Promise<unknown> };
    expect(await errorOf(() => save.call(comment))).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
  });
});

describe('attachments', () => {
  const bytes = Buffer.from([0, 255, 1, 254, 10]);

  async function attach(fileName = 'a & b.txt'): Promise<TroubleshooterAttachment> {
    const attachment = left.attachments.create({ fileName });
    attachment.setContents(bytes);
    return attachment.add();
  }

  it('come with their contents in lists, unless these are left out', async () => {
    await attach();
    desk.requests();
    const [listed] = await left.attachments.all();
    expect(listed?.getContents()).toEqual(bytes);
    expect(await listed?.loadContents()).toEqual(bytes);
    expect(desk.requests()).toEqual([`GET /Troubleshooter/Attachment/ListAll/${left.id}`]);
    const names = kayako.repository(TroubleshooterAttachment).where({
      troubleshooterStepId: [left.id, right.id],
    });
    expect(await names.select('fileName', 'fileSize').all()).toEqual([
      { fileName: 'a & b.txt', fileSize: 5 },
    ]);
  });

  it('are asked for whatever the step said when it was read', async () => {
    expect(await left.attachments.all()).toEqual([]);
    await attach();
    desk.requests();
    expect(await left.attachments.count()).toBe(1);
    expect(desk.requests()).toEqual([`GET /Troubleshooter/Attachment/ListAll/${left.id}`]);
    await left.reload();
    expect(left).toMatchObject({
      hasAttachments: true,
      files: [
        {
          fileName: 'a & b.txt',
          fileSize: '5 B',
          link: expect.stringContaining('/GetAttachment/') as string,
        },
      ],
    });
  });

  it('are read below their step, and null where they are not', async () => {
    const { id } = await attach();
    const found = await existing(kayako.get(TroubleshooterAttachment, left.id, id));
    expect(found.getContents()).toEqual(bytes);
    for (const [stepId, attachmentId] of [
      [left.id, 4711],
      [right.id, id],
      [4711, id],
    ] as const) {
      expect(await kayako.get(TroubleshooterAttachment, stepId, attachmentId)).toBeNull();
    }
    const attachments = kayako.repository(TroubleshooterAttachment);
    expect(await errorOf(() => attachments.all())).toMatchObject({ code: 'SCOPE_REQUIRED' });
    const missing = await errorOf(() => attachments.where({ troubleshooterStepId: 4711 }).all());
    expect(missing).toMatchObject({
      code: 'BAD_REQUEST',
      body: 'Troubleshooter step not found',
    });
  });

  it('are uploaded and downloaded as streams, without keeping what the reply repeats', async () => {
    const big = Buffer.alloc(300_000, 'x');
    const attachment = left.attachments.create({ fileName: 'big.bin' });
    await attachment.upload(Readable.from([big.subarray(0, 100_000), big.subarray(100_000)]));
    expect(attachment).toMatchObject({ fileSize: 300_000, contents: null });
    expect(await buffer(attachment.download())).toEqual(big);
    await attachment.delete();
    expect(await left.attachments.all()).toEqual([]);
  });
});

it('takes a 400 for a file that is missing only where its text says so', async () => {
  const server = createServer((_request, response) => response.writeHead(400).end('Invalid thing'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await using other = new Kayako({ url: `http://127.0.0.1:${port}/`, apiKey: 'k', secretKey: 's' });
  const error = await errorOf(() => other.get(TroubleshooterAttachment, 1, 2));
  expect(error).toMatchObject({ code: 'BAD_REQUEST' });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
