// Written by `npm run generate` from the files of the folder; do not edit.

export type * from './entities/code-tables.js';
export type * from './entities/custom-field-content.js';
export * from './entities/custom-field-definition.js';
export * from './entities/custom-field-group.js';
export * from './entities/custom-field-option.js';
export * from './entities/department.js';
export type * from './entities/file-text.js';
export * from './entities/staff-group.js';
export * from './entities/staff.js';
export * from './entities/ticket-attachment.js';
export * from './entities/ticket-count.js';
export * from './entities/ticket-custom-field.js';
export * from './entities/ticket-note.js';
export * from './entities/ticket-post.js';
export * from './entities/ticket-priority.js';
export * from './entities/ticket-status.js';
export * from './entities/ticket-time-track.js';
export * from './entities/ticket-type.js';
export * from './entities/ticket.js';
export * from './entities/user-group.js';
export * from './entities/user-organization.js';
export * from './entities/user.js';
