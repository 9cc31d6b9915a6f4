// Descriptions are read-only plain data.
import {
  describe,
  type EntityDescription,
  type FieldDescription,
  type Kayako,
  User,
} from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export function describing(kayako: Kayako): void {
  expectTypeOf(kayako.describe()).toEqualTypeOf<EntityDescription[]>();
  const description = describe(User);
  expectTypeOf(description).toEqualTypeOf<EntityDescription>();
  expectTypeOf(description.fields[0]?.wire.add).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(description.fields[0]?.fields).toEqualTypeOf<
    readonly FieldDescription[] | null | undefined
  >();
  description.actions.includes('save');

  // @ts-expect-error there is no such action
  description.actions.includes('update');
  // @ts-expect-error a description is not changed
  description.name = 'Customer';
  // @ts-expect-error a class, not its name
  describe('User');
  // @ts-expect-error all classes, or describe(User) for one
  kayako.describe(User);
}
