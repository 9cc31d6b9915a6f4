import { type EntityClass, metadataOf } from '@kayako-orm/core';
import {
  CustomFieldDefinition,
  CustomFieldGroup,
  KnowledgebaseArticle,
  KnowledgebaseCategory,
  KnowledgebaseComment,
  NewsComment,
  NewsItem,
  Ticket,
  TicketNote,
  TicketPost,
  TicketTimeTrack,
  TroubleshooterCategory,
  TroubleshooterComment,
  TroubleshooterStep,
} from '@kayako-orm/orm';
import { resourceCases } from '../support/resource-case.js';

const creators = {
  0: 'automatic',
  1: 'staff',
  2: 'user',
  3: 'cc',
  4: 'bcc',
  5: 'thirdParty',
};
const noteColors = { 1: 'yellow', 2: 'purple', 3: 'blue', 4: 'green', 5: 'red' };
const creatorTypes = { 1: 'staff', 2: 'user' };
const commentStatuses = { 1: 'pending', 2: 'approved', 3: 'spam' };

/** The number tables of §3.4, by the fields that hold such numbers. */
const TABLES: readonly (readonly [EntityClass, string, Readonly<Record<number, string>>])[] = [
  [Ticket, 'creator', creators],
  [TicketPost, 'creator', creators],
  [
    Ticket,
    'creationMode',
    {
      1: 'supportCenter',
      2: 'staffCp',
      3: 'email',
      4: 'api',
      5: 'siteBadge',
      6: 'mobile',
      7: 'staffApi',
    },
  ],
  [Ticket, 'creationType', { 1: 'default', 2: 'phone' }],
  [
    Ticket,
    'flagType',
    { 0: 'none', 1: 'purple', 2: 'orange', 3: 'green', 4: 'yellow', 5: 'red', 6: 'blue' },
  ],
  [TicketNote, 'noteColor', noteColors],
  [TicketTimeTrack, 'noteColor', noteColors],
  [KnowledgebaseComment, 'creatorType', creatorTypes],
  [NewsComment, 'creatorType', creatorTypes],
  [TroubleshooterComment, 'creatorType', creatorTypes],
  [KnowledgebaseComment, 'commentStatus', commentStatuses],
  [NewsComment, 'commentStatus', commentStatuses],
  [TroubleshooterComment, 'commentStatus', commentStatuses],
  [KnowledgebaseArticle, 'creator', { 1: 'user', 2: 'staff' }],
  [KnowledgebaseArticle, 'articleStatus', { 1: 'published', 2: 'draft', 3: 'pendingApproval' }],
  [KnowledgebaseCategory, 'categoryType', { 1: 'global', 2: 'public', 3: 'private', 4: 'inherit' }],
  [
    KnowledgebaseCategory,
    'articleSortOrder',
    { 1: 'inherit', 2: 'title', 3: 'rating', 4: 'creationDate', 5: 'displayOrder' },
  ],
  [NewsItem, 'newsType', { 1: 'global', 2: 'public', 3: 'private' }],
  [NewsItem, 'newsStatus', { 1: 'draft', 2: 'published' }],
  [TroubleshooterCategory, 'categoryType', { 1: 'global', 2: 'public', 3: 'private' }],
  [TroubleshooterStep, 'stepStatus', { 1: 'published', 2: 'draft' }],
  [
    CustomFieldDefinition,
    'fieldType',
    {
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
    },
  ],
  [
    CustomFieldGroup,
    'groupType',
    {
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
    },
  ],
];

const named = TABLES.map(
  ([type, field, table]) => [`${type.name}.${field}`, type, field, table] as const,
);

it.each(named)(
  '%s reads each number as its word and writes it back',
  (_name, type, field, table) => {
    const codec = metadataOf(type).fields.get(field)?.codec;
    const words = Object.entries(table);
    expect(words.map(([number]) => [number, codec?.decode(number)])).toEqual(words);
    // A ticket's creation type is written as the word (§6.1.2).
    const isWord = field === 'creationType';
    expect(words.map(([, word]) => codec?.encode(word))).toEqual(
      words.map(([number, word]) => (isWord ? word : number)),
    );
    expect(codec?.decode('4711')).toBe('code:4711');
    expect(codec?.encode('code:4711')).toBe('4711');
  },
);

it('knows every field that holds such a number', () => {
  const holding = resourceCases().flatMap(([name, { type }]) =>
    [...metadataOf(type).fields.values()]
      .filter(({ codec, list }) => {
        if (codec === null || list || codec.comparison !== 'equality') return false;
        return codec.encode('code:9') === '9';
      })
      .map((field) => `${name}.${field.name}`),
  );
  // These inherit or share the field of a class above.
  const others = [
    'CustomFieldDefinition.groupType',
    'DepartmentCustomFieldGroup.groupType',
    'PublishedNewsItem.newsType',
  ];
  expect(holding.sort()).toEqual([...named.map(([name]) => name), ...others].sort());
});
