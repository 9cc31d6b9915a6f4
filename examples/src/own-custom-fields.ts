// Custom fields as fields of a ticket class of one's own. docs/custom-fields.md shows the parts between the rulers.
import { startSandbox } from '@kayako-orm/sandbox';
// ----- declare
import { CustomField, CustomFile, Kayako, Ticket } from '@kayako-orm/orm';

class SupportTicket extends Ticket {
  @CustomField('Order Number') orderNumber!: string | null;
  @CustomField('Products', { type: 'list' }) products!: string[];
  @CustomField('Bought', { type: 'date' }) bought!: Date | null;
  @CustomField('Invoice', { type: 'file' }) invoice!: CustomFile | null;
}
// -----

const sandbox = await startSandbox({
  customFields: [
    {
      title: 'Purchase',
      fields: [
        { title: 'Products', type: 'multiSelect', options: ['Desk', 'Chat', 'Phone'] },
        { title: 'Bought', type: 'date' },
        { title: 'Invoice', type: 'file' },
      ],
    },
  ],
});
const kayako = new Kayako(sandbox);
const fields = {
  subject: 'It does not print',
  contents: 'Please help.',
  fullName: 'Test User',
  email: 'test@example.com',
  departmentId: 1,
  statusId: 1,
  priorityId: 1,
  typeId: 1,
  userId: 1,
};

// ----- save
const ticket = kayako.create(SupportTicket, { ...fields, orderNumber: 'A-77', products: ['Desk'] });
await ticket.add(); // the ticket, then its custom fields
ticket.products.push('Phone');
ticket.invoice = new CustomFile('invoice.pdf', Buffer.from('%PDF-1.4'));
await ticket.save(); // the two custom fields that have changed, nothing else
// -----

// ----- query
const found = await kayako
  .repository(SupportTicket)
  .where({ departmentId: 1, products: 'Phone', bought: null })
  .all();
console.log(found.map(({ orderNumber, products }) => `${orderNumber}: ${products.join(', ')}`));
// -----
console.log(String(await kayako.repository(SupportTicket).where({ products: 'Chat' }).explain()));

await kayako.close();
await sandbox.close();
