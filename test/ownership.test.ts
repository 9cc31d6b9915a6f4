import { Department, User } from '@kayako-orm/orm';
import { type Desk, errorOf, startDesk } from './support/desk.js';
import * as samples from './support/samples.js';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
});

describe('what happens while a request is under way', () => {
  it('keeps a field that was changed meanwhile, as a change to be saved', async () => {
    const user = await samples.user(desk.kayako).add();
    user.phone = '1';
    const saving = user.save();
    user.designation = 'Boss';
    await saving;
    expect(user.designation).toBe('Boss');
    await user.save();
    expect((await desk.kayako.get(User, user.id))?.designation).toBe('Boss');
  });

  it('refuses a reload beside another call, so that none brings back what is gone', async () => {
    const department = await samples.department(desk.kayako).add();
    const reloading = department.reload();
    expect(await errorOf(() => department.delete())).toMatchObject({
      code: 'ACTION_NOT_AVAILABLE',
    });
    await reloading;
    await department.delete();
    expect(department.isNew).toBe(true);
  });

  it('does not take children for true that came before one was added', async () => {
    const { ticket } = await samples.answeredTicket(desk.kayako);
    const reloading = ticket.reload();
    await ticket.posts.create({ contents: 'one more', userId: 1 }).add();
    await reloading;
    expect(await ticket.posts.count()).toBe(3);
  });
});

describe('objects that are not ours to write', () => {
  it('are refused by another connection', async () => {
    await using other = await startDesk();
    const department = await samples.department(desk.kayako).add();
    const repository = other.kayako.repository(Department);
    for (const call of [
      () => repository.save(department),
      () => repository.delete(department),
      () => repository.reload(department),
    ]) {
      expect(await errorOf(call)).toMatchObject({ code: 'ACTION_NOT_AVAILABLE' });
    }
    expect(other.requests()).toEqual([]);
    await department.delete();
  });

  it('are refused when they were never read and a save would reset what they do not know', async () => {
    const { id } = await samples.department(desk.kayako).add();
    const made = Object.assign(new Department(), { id, title: 'X' });
    expect(await errorOf(() => desk.kayako.repository(Department).save(made))).toMatchObject({
      code: 'REQUIRED_FIELDS',
      fields: ['parentDepartmentId', 'userVisibilityCustom', 'userGroupIds'],
    });
  });

  it.each([Object.create(null), null, undefined, 5, {}, new User()])(
    'such as %p',
    async (value) => {
      const repository = desk.kayako.repository(Department) as unknown as {
        add(value: unknown): Promise<unknown>;
      };
      expect(await errorOf(() => repository.add(value))).toMatchObject({
        code: 'ACTION_NOT_AVAILABLE',
      });
    },
  );
});
