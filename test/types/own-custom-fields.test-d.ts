// @CustomField fits a property of the type that the field has, and no other.
import { CustomField, type CustomFile, type Kayako, Ticket } from '@kayako-orm/orm';
import { expectTypeOf } from 'expect-type';

export class Contract extends Ticket {
  @CustomField('Number') contractNumber!: string | null;
  @CustomField('Products', { type: 'list' }) products!: string[];
  @CustomField('Signed', { type: 'date' }) signed!: Date | null;
  @CustomField('Scan', { type: 'file' }) scan!: CustomFile | null;
}

export class Wrong extends Ticket {
  // @ts-expect-error it may be null
  @CustomField('Number') contractNumber!: string;
  // @ts-expect-error a text is no number
  @CustomField('Number') price!: number | null;
  // @ts-expect-error without { type: 'date' } it is a text
  @CustomField('Signed') signed!: Date | null;
  // @ts-expect-error a list is never null
  @CustomField('Products', { type: 'list' }) products!: string[] | null;
  // @ts-expect-error there is no such kind
  @CustomField('Products', { type: 'select' }) product!: string | null;
  // @ts-expect-error a file is a CustomFile
  @CustomField('Scan', { type: 'file' }) scan!: Buffer | null;
}

export async function conditions(kayako: Kayako): Promise<void> {
  const contracts = kayako.repository(Contract);
  const contract = await contracts
    .where({ contractNumber: { startsWith: 'C-' }, products: 'Desk', signed: { lt: new Date() } })
    .orderBy('contractNumber')
    .firstOrFail();
  expectTypeOf(contract.signed).toEqualTypeOf<Date | null>();
  contract.contractNumber = 'C-43';
  kayako.create(Contract, { contractNumber: 'C-44', products: ['Desk'] });

  // @ts-expect-error a number is no text
  contracts.where({ contractNumber: 42 });
  // @ts-expect-error a file cannot be compared
  contracts.where({ scan: null });
  // @ts-expect-error a list has no order
  contracts.orderBy('products');
  // @ts-expect-error there is no such field
  kayako.create(Contract, { contractNo: 'C-44' });
}
