import { type GroupVisibility } from '../store/base-rows.js';
import { container, leaf, leaves, type XmlNode } from '../xml/node.js';
import { type Call } from './call.js';
import { knownIds } from './documents.js';

export const VISIBLE_TO_ALL: GroupVisibility = {
  userVisibilityCustom: false,
  userGroupIds: [],
  staffVisibilityCustom: false,
  staffGroupIds: [],
};

/** The value of a flag after a request, from the one before it. */
export type FlagReader = (name: string, present: boolean) => boolean;

/** Flags that keep their value when they are absent. */
export function keptFlags(call: Call): FlagReader {
  return (name, present) => call.fields.optionalFlag(name) ?? present;
}

/** The comma lists of groups; they are kept when absent, count with their flag only, and unknown ids are dropped (7.1). */
export function groupVisibilityOf(
  call: Call,
  present: GroupVisibility,
  flag: FlagReader,
): GroupVisibility {
  const { fields, store } = call;
  const userVisibilityCustom = flag('uservisibilitycustom', present.userVisibilityCustom);
  const staffVisibilityCustom = flag('staffvisibilitycustom', present.staffVisibilityCustom);
  const userGroupIds = fields.ids('usergroupidlist') ?? present.userGroupIds;
  const staffGroupIds = fields.ids('staffgroupidlist') ?? present.staffGroupIds;
  return {
    userVisibilityCustom,
    userGroupIds: userVisibilityCustom ? knownIds(store.userGroups, userGroupIds) : [],
    staffVisibilityCustom,
    staffGroupIds: staffVisibilityCustom ? knownIds(store.staffGroups, staffGroupIds) : [],
  };
}

export function userVisibilityToXml(row: GroupVisibility): XmlNode[] {
  return [
    leaf('uservisibilitycustom', row.userVisibilityCustom),
    container('usergroupidlist', leaves('usergroupid', row.userGroupIds)),
  ];
}

export function staffVisibilityToXml(row: GroupVisibility): XmlNode[] {
  return [
    leaf('staffvisibilitycustom', row.staffVisibilityCustom),
    container('staffgroupidlist', leaves('staffgroupid', row.staffGroupIds)),
  ];
}
