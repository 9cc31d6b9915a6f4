// The troubleshooter's entities, and what a connection finds out and searches.
import {
  type Kayako,
  type Ping,
  type RefList,
  type AttachedFile,
  TroubleshooterAttachment,
  TroubleshooterCategory,
  type TroubleshooterComment,
  TroubleshooterStep,
  type User,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

declare function use(value: unknown): void;

export async function troubleshooter(kayako: Kayako, step: TroubleshooterStep): Promise<void> {
  const steps = kayako.repository(TroubleshooterStep);
  kayako.create(TroubleshooterCategory, { title: 'x', categoryType: 'global', staffId: 1 });
  // @ts-expect-error categories of the troubleshooter inherit from nothing
  kayako.create(TroubleshooterCategory, { categoryType: 'inherit' });
  // @ts-expect-error the help desk knows the children by their parents
  kayako.create(TroubleshooterStep, { childStepIds: [1] });
  // @ts-expect-error a status is published or draft
  step.stepStatus = 'pending';
  // @ts-expect-error the status of a step is never returned
  steps.where({ stepStatus: 'draft' });
  expectTypeOf(step.files).toEqualTypeOf<AttachedFile[]>();
  expectTypeOf(step.parents).toEqualTypeOf<RefList<TroubleshooterStep>>();
  steps.where({ parents: step, category: { title: 'x' } });

  const loaded = await steps.include('parents', 'comments.replies', 'category').firstOrFail();
  expectTypeOf(loaded.parents.items).toEqualTypeOf<readonly TroubleshooterStep[]>();
  expectTypeOf(loaded.category.value).toEqualTypeOf<TroubleshooterCategory | null>();
  expectTypeOf(loaded.comments.items[0]?.replies.items).toEqualTypeOf<
    readonly TroubleshooterComment[] | undefined
  >();

  const comment = step.comments.create({ creatorType: 'staff', creatorId: 1, contents: 'x' });
  // @ts-expect-error comments cannot be saved
  await comment.save();
  // @ts-expect-error a comment is by staff or by a user
  comment.creatorType = 'cc';
  await kayako.get(TroubleshooterAttachment, 1, 2);
  // @ts-expect-error attachments are read below their step
  await kayako.get(TroubleshooterAttachment, 2);
}

export async function finding(kayako: Kayako): Promise<void> {
  const { signal } = new AbortController();
  const ping = await kayako.ping({ signal });
  expectTypeOf(ping).toEqualTypeOf<Ping>();
  expectTypeOf(ping.controller).toEqualTypeOf<'TestAPI' | 'Test'>();
  // @ts-expect-error what was found out does not change
  ping.roundTripMs = 0;
  expectTypeOf(await kayako.userSearch('x', { phrase: true, signal })).toEqualTypeOf<User[]>();
  // @ts-expect-error a search needs a query
  await kayako.userSearch();
  // @ts-expect-error users are searched everywhere
  use(await kayako.userSearch('x', { email: true }));
}
