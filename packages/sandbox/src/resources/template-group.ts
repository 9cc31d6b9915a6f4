import { type Call } from './call.js';
import { wholeNumber } from './numbers.js';

export const DEFAULT_TEMPLATE_GROUP_ID = 1;

/** The template group sent by id or title; the default one if nothing or nothing known was sent (6.1.2). */
export function templateGroupOf(call: Call): number {
  const sent = call.fields.filled('templategroup');
  if (sent === undefined) return DEFAULT_TEMPLATE_GROUP_ID;
  const id = wholeNumber(sent);
  const groups = call.store.templateGroups;
  const group = id === undefined ? groups.find((row) => row.title === sent) : groups.get(id);
  return group?.id ?? DEFAULT_TEMPLATE_GROUP_ID;
}
