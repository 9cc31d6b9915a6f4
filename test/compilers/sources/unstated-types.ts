// Fields that leave their type to the compiler's metadata.
import { EditableEntity, Entity, Field, Id } from '@kayako-orm/orm';

/** tsc and SWC record these types, esbuild does not. */
@Entity({
  route: '/Base/Department',
  root: 'departments',
  element: 'department',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class PlainTypes extends EditableEntity {
  @Id() declare readonly id: number;

  @Field() title!: string;

  @Field() displayOrder!: number;

  @Field() userVisibilityCustom!: boolean;
}

/** No compiler records these types. */
@Entity({
  route: '/Base/Department',
  root: 'departments',
  element: 'department',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class TypesNobodyRecords extends EditableEntity {
  @Id() declare readonly id: number;

  @Field() parentDepartmentId!: number | null;

  @Field({ wire: { read: 'usergroups/id', write: 'usergroupid' } }) userGroupIds!: number[];
}
