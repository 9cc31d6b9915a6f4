// Below each comment, what an editor shows for the name behind the mark.
import { type Kayako, Ticket, type Where } from '@kayako-orm/orm';

declare function show(value: unknown): void;

export async function hovers(kayako: Kayako): Promise<void> {
  // const tickets: Repository<Ticket>
  const /*?*/ tickets = kayako.repository(Ticket);
  // const condition: Where<Ticket>
  const /*?*/ condition: Where<Ticket> = { departmentId: 1 };
  // const query: Query<Ticket>
  const /*?*/ query = tickets.where(condition).orderBy('subject');
  // (method) Repository<Ticket>.where<{ readonly replies: 3; }>(condition: { readonly replies: 3; }): Query<Ticket>
  tickets./*?*/ where({ replies: 3 });
  // (property) department?: RelationCondition<Department> | undefined
  show(condition./*?*/ department);
  // const first: Ticket | null
  const /*?*/ first = await query.first();
  // (property) Ticket.department: Ref<Department> | undefined
  show(first?./*?*/ department);
  // const rows: Ticket[]
  const /*?*/ rows = await kayako.filter(Ticket, { or: [condition, { replies: { gt: 3 } }] });
  // const selected: { readonly subject: string; readonly tags: readonly string[]; }[]
  const /*?*/ selected = await query.select('subject', 'tags').all();
  // const plucked: RowQuery<Ticket, readonly string[]>
  const /*?*/ plucked = query.pluck('tags');
  // const report: BulkReport<Ticket>
  const /*?*/ report = await query.update({ statusId: 3 }, { dryRun: true });
  // const loaded: Ticket & { readonly department: LoadedRef<Department>; readonly posts: LoadedCollection<TicketPost>; }
  const /*?*/ loaded = await query.include('department', 'posts').firstOrFail();
  // (property) LoadedRef<Department>.value: Department | null
  show(loaded.department./*?*/ value);
  show([selected, plucked, report]);
  for (const row of rows) {
    // (property) Ticket.subject: string
    show(row./*?*/ subject);
    // (property) Ticket.lastActivity: Date | null
    show(row./*?*/ lastActivity);
    // const posts: Query<TicketPost>
    const /*?*/ posts = row.posts.where({ creator: 'staff' });
    // const post: TicketPost
    for await (const /*?*/ post of posts) show(post);
  }
}
