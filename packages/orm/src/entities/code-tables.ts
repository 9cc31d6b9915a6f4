import { type Codec, type UnknownCode, words, writtenAsWord } from '@kayako-orm/core';

// The number tables of §3.4 that entities share, as typed words. A number that a table lacks reads as `code:<n>`. The
// types of this file are exported by the package, and nothing else.

export type Creator = 'automatic' | 'staff' | 'user' | 'cc' | 'bcc' | 'thirdParty' | UnknownCode;
/** @internal */
export const creator: Codec<Creator | null> = words({
  0: 'automatic',
  1: 'staff',
  2: 'user',
  3: 'cc',
  4: 'bcc',
  5: 'thirdParty',
});

export type CreationMode =
  'supportCenter' | 'staffCp' | 'email' | 'api' | 'siteBadge' | 'mobile' | 'staffApi' | UnknownCode;
/** @internal */
export const creationMode: Codec<CreationMode | null> = words({
  1: 'supportCenter',
  2: 'staffCp',
  3: 'email',
  4: 'api',
  5: 'siteBadge',
  6: 'mobile',
  7: 'staffApi',
});

export type CreationType = 'default' | 'phone' | UnknownCode;
/**
 * Read as a number, written as the word itself (parameter `type`, §6.1.2).
 * @internal
 */
export const creationType: Codec<CreationType | null> = writtenAsWord(
  words({ 1: 'default', 2: 'phone' }),
);

export type FlagType =
  'none' | 'purple' | 'orange' | 'green' | 'yellow' | 'red' | 'blue' | UnknownCode;
/** @internal */
export const flagType: Codec<FlagType | null> = words({
  0: 'none',
  1: 'purple',
  2: 'orange',
  3: 'green',
  4: 'yellow',
  5: 'red',
  6: 'blue',
});

export type NoteColor = 'yellow' | 'purple' | 'blue' | 'green' | 'red' | UnknownCode;
/** @internal */
export const noteColor: Codec<NoteColor | null> = words({
  1: 'yellow',
  2: 'purple',
  3: 'blue',
  4: 'green',
  5: 'red',
});

export type CustomFieldType =
  | 'text'
  | 'textArea'
  | 'password'
  | 'checkbox'
  | 'radio'
  | 'select'
  | 'multiSelect'
  | 'custom'
  | 'linkedSelect'
  | 'date'
  | 'file'
  | UnknownCode;
/** @internal */
export const customFieldType: Codec<CustomFieldType | null> = words({
  1: 'text',
  2: 'textArea',
  3: 'password',
  4: 'checkbox',
  5: 'radio',
  6: 'select',
  7: 'multiSelect',
  8: 'custom',
  9: 'linkedSelect',
  10: 'date',
  11: 'file',
});

export type CustomFieldGroupType =
  | 'user'
  | 'userOrganization'
  | 'staffTicket'
  | 'userTicket'
  | 'timeTrack'
  | 'ticket'
  | 'preChat'
  | 'postChat'
  | 'knowledgebase'
  | 'news'
  | 'troubleshooter'
  | UnknownCode;
export const customFieldGroupType: Codec<CustomFieldGroupType | null> = words({
  1: 'user',
  2: 'userOrganization',
  3: 'staffTicket',
  4: 'userTicket',
  5: 'timeTrack',
  9: 'ticket',
  10: 'preChat',
  11: 'postChat',
  12: 'knowledgebase',
  13: 'news',
  14: 'troubleshooter',
});

export type NewsType = 'global' | 'public' | 'private' | UnknownCode;
/** @internal */
export const newsType: Codec<NewsType | null> = words({ 1: 'global', 2: 'public', 3: 'private' });
