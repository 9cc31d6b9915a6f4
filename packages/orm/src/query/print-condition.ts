import { FOREVER } from '@kayako-orm/core';
import {
  type ConditionNode,
  ELEMENT,
  type InNode,
  isEverything,
  isNothing,
} from './condition-node.js';

const SHOWN_VALUES = 10;

function printValue(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value === FOREVER) return 'forever';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function printList(values: readonly unknown[]): string {
  const shown = values.slice(0, SHOWN_VALUES).map(printValue);
  const more = values.length - shown.length;
  return `[${shown.join(', ')}${more > 0 ? `, … ${more} more` : ''}]`;
}

function subject(field: string): string {
  return field === ELEMENT ? '' : `${field} `;
}

function printIn({ field, values }: InNode): string {
  const [only, ...others] = values;
  return others.length === 0 && values.length === 1
    ? `${subject(field)}= ${printValue(only)}`
    : `${subject(field)}in ${printList(values)}`;
}

const SIGNS = { gt: '>', gte: '≥', lt: '<', lte: '≤' } as const;
const WORDS = { contains: 'contains', startsWith: 'starts with', endsWith: 'ends with' } as const;

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? `${text} ignoring case` : text;
}

function join(conditions: readonly ConditionNode[], word: string): string {
  return conditions
    .map((node) => {
      const text = printCondition(node);
      return (node.kind === 'and' || node.kind === 'or') && conditions.length > 1
        ? `(${text})`
        : text;
    })
    .join(` ${word} `);
}

/** A condition for people: `departmentId in [1, 3] and subject contains "invoice"`. */
export function printCondition(node: ConditionNode): string {
  if (isEverything(node)) return 'every row';
  if (isNothing(node)) return 'no row';
  switch (node.kind) {
    case 'in':
      return folded(printIn(node), node.ignoreCase);
    case 'compare':
      return folded(
        `${subject(node.field)}${SIGNS[node.operator]} ${printValue(node.value)}`,
        node.ignoreCase,
      );
    case 'text':
      return folded(
        `${subject(node.field)}${WORDS[node.operator]} ${JSON.stringify(node.value)}`,
        node.ignoreCase,
      );
    case 'match':
      return `${subject(node.field)}matches ${String(node.pattern)}`;
    case 'some':
      return `some ${node.field} ${printCondition(node.condition)}`;
    case 'relation':
      return `${node.relation} with ${printCondition(node.select.condition)}`;
    case 'and':
      return join(node.conditions, 'and');
    case 'or':
      return join(node.conditions, 'or');
    case 'not':
      return `not (${printCondition(node.condition)})`;
  }
}
