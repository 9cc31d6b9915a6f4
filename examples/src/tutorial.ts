// The tutorial: from a department to an answered, searched and cleaned-up ticket, against an embedded help desk.
// Each step prints the code that ran and what it printed. Point it at your own desk by replacing the first step.
import {
  Department,
  describe,
  FOREVER,
  Kayako,
  Staff,
  StaffGroup,
  Ticket,
  TicketAttachment,
  TicketNote,
  TicketPost,
  TicketPriority,
  TicketStatus,
  TicketType,
  User,
  UserGroup,
} from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';
import { narrate } from './narrate.js';

const sandbox = await startSandbox();
const { url, apiKey, secretKey } = sandbox;
console.log(`# Tutorial (an embedded help desk answers at ${url})`);

const kayako = await narrate('Initializing the client', async () => {
  const kayako = new Kayako({ url, apiKey, secretKey });
  return Promise.resolve(kayako);
});

const department = await narrate('Creating a department', async () => {
  const department = kayako.create(Department);
  department.title = 'Customer Support Department';
  department.type = 'public';
  department.module = 'tickets';
  await department.add();
  console.log(department.id);
  return department;
});

await narrate('Making it private, then deleting it', async () => {
  department.type = 'private';
  await department.save();
  await department.delete();
  console.log(department.isNew ? '??' : department.id);
});

await narrate('Adding it again: it gets a new id', async () => {
  await department.add();
  console.log(department.id);
});

await narrate('All departments', async () => {
  for (const each of await kayako.getAll(Department)) console.log(String(each));
});

await narrate('The departments for tickets', async () => {
  for (const each of await kayako.filter(Department, { module: 'tickets' })) {
    console.log(String(each));
  }
});

const { staff, staffGroup } = await narrate('Creating a staff user in a new group', async () => {
  const staff = kayako.create(Staff, {
    firstName: 'John',
    lastName: 'Doe',
    email: 'foo@example.com',
    username: 'explodes',
    password: 'easypass332',
  });
  const staffGroup = kayako.create(StaffGroup, { title: 'General Staff', isAdmin: false });
  await staffGroup.add();
  staff.staffGroupId = staffGroup.id;
  await staff.add();
  console.log(String(staff));
  return { staff, staffGroup };
});

await narrate('What can be given to a new user?', async () => {
  const parameters = describe(User).add;
  console.log([...(parameters?.required ?? []), ...(parameters?.optional ?? [])]);
  return Promise.resolve();
});

const user = await narrate('Creating a user', async () => {
  const registered = await kayako.first(UserGroup, { title: 'Registered' });
  const user = kayako.create(User, {
    fullName: 'Ang Gary',
    password: 'easypass332',
    email: 'bar@example.com',
    userGroupId: registered?.id ?? null,
    sendWelcomeEmail: false,
    phone: '1-800-555-5555',
    userExpiry: FOREVER,
  });
  await user.add();
  console.log(String(user));
  return user;
});

const ticket = await narrate('Creating a ticket', async () => {
  const bug = await kayako.repository(TicketType).where({ title: 'Bug' }).firstOrFail();
  const open = await kayako.repository(TicketStatus).where({ title: 'Open' }).firstOrFail();
  const high = await kayako.repository(TicketPriority).where({ title: 'High' }).firstOrFail();
  const ticket = kayako.create(Ticket, {
    typeId: bug.id,
    statusId: open.id,
    priorityId: high.id,
    departmentId: department.id,
    userId: user.id,
  });
  ticket.subject = 'I found a bug and its making me very angry.';
  ticket.fullName = 'Ang Gary';
  ticket.email = 'bar@example.com';
  ticket.contents = 'I am an angry customer you need to make me happy.';
  await ticket.add();
  console.log(String(ticket));
  return ticket;
});

await narrate('Telling the customer', async () => {
  console.log(
    `Thanks, ${ticket.fullName}, your inquiry with reference number ${ticket.displayId} will be answered shortly.`,
  );
  return Promise.resolve();
});

await narrate('Adding a note for the staff', async () => {
  const note = kayako.create(TicketNote, {
    ticketId: ticket.id,
    contents: 'Customer was hostile. Will pursue anyway as this bug is serious.',
  });
  note.creatorStaffId = staff.id; // or: note.creatorStaffName = 'John Doe'
  await note.add();
  console.log(String(note));
});

const post = await narrate('Answering', async () => {
  const post = kayako.create(TicketPost, {
    ticketId: ticket.id,
    subject: 'We fixed it.',
    contents: 'We have a patch that will fix the bug.',
    staffId: staff.id,
  });
  await post.add();
  console.log(String(post));
  return post;
});

await narrate('Attaching a file to the answer', async () => {
  const binaryData = Buffer.from([0xff, 0xfd, 0xff, 0x23, 0x8f, 0x32, 0x93, 0x01]);
  const attachment = kayako.create(TicketAttachment, {
    ticketId: ticket.id,
    ticketPostId: post.id,
    fileName: 'foo.diff',
    fileType: 'application/octet-stream',
  });
  attachment.setContents(binaryData); // sent as base64; getContents() gives the bytes back
  await attachment.add();
  console.log(String(attachment));
});

await narrate('Closing the ticket', async () => {
  const closed = await kayako.repository(TicketStatus).where({ title: 'Closed' }).firstOrFail();
  ticket.statusId = closed.id;
  await ticket.save();
  console.log(String(await ticket.status.load()));
});

await narrate('Performing a ticket search', async () => {
  const tickets = await kayako.ticketSearch(ticket.displayId, { ticketId: true });
  for (const found of tickets) {
    const status = await found.status.load();
    console.log(String(found), status?.title);
    for await (const each of found.posts) console.log(String(each));
    for (const each of await kayako.getAll(TicketAttachment, { ticketId: found.id })) {
      console.log(String(each));
    }
  }
});

await narrate('Cleaning up', async () => {
  await ticket.delete(); // deletes its attachment, posts and note as well
  await user.delete();
  await staff.delete();
  await staffGroup.delete();
  await department.delete();
  console.log([ticket, user, staff, staffGroup, department].map(String));
});

await kayako.close();
await sandbox.close();
