// Relations without `declare`: with class-field semantics each becomes a field that hides its relation.
import {
  BelongsTo,
  type Collection,
  Department,
  HasMany,
  type Ref,
  Ticket,
  TicketPost,
} from '@kayako-orm/orm';

export class HidesReference extends Ticket {
  @BelongsTo(() => Department, 'departmentId') readonly desk!: Ref<Department>;
}

export class HidesChildren extends Ticket {
  @HasMany(() => TicketPost, 'ticketId') readonly messages!: Collection<TicketPost>;
}
