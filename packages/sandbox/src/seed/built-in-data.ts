import { type Store } from '../store/store.js';

/** What a desk cannot be without: groups, statuses, priorities and types (6.11), and the template group. */
export function addBuiltInData(store: Store): void {
  store.staffGroups.insert((id) => ({ id, title: 'Administrator', isAdmin: true }));
  store.userGroups.insert((id) => ({ id, title: 'Guest', groupType: 'guest', isMaster: true }));
  store.userGroups.insert((id) => ({
    id,
    title: 'Registered',
    groupType: 'registered',
    isMaster: true,
  }));
  store.templateGroups.insert((id) => ({ id, title: 'Default' }));
  addStatuses(store);
  addPriorities(store);
  addTypes(store);
}

function addStatuses(store: Store): void {
  const rows = [
    { title: 'Open', color: '#4eafcb', isResolved: false },
    { title: 'In Progress', color: '#e0af2a', isResolved: false },
    { title: 'Closed', color: '#36a148', isResolved: true },
  ];
  for (const { title, color, isResolved } of rows) {
    store.statuses.insert((id) => ({
      id,
      title,
      displayOrder: id,
      departmentId: 0,
      displayIcon: '',
      type: 'public',
      displayInMainList: !isResolved,
      markAsResolved: isResolved,
      displayCount: !isResolved,
      statusColor: '#ffffff',
      statusBgColor: color,
      resetDueTime: isResolved,
      triggerSurvey: isResolved,
      staffVisibilityCustom: false,
      staffGroupIds: [],
    }));
  }
}

function addPriorities(store: Store): void {
  const rows = [
    { title: 'Low', color: '#5b5b5b', background: '' },
    { title: 'Normal', color: '#000000', background: '' },
    { title: 'High', color: '#d6000e', background: '' },
    { title: 'Urgent', color: '#ffffff', background: '#d6000e' },
  ];
  for (const { title, color, background } of rows) {
    store.priorities.insert((id) => ({
      id,
      title,
      displayOrder: id,
      frColorCode: color,
      bgColorCode: background,
      type: 'public',
      userVisibilityCustom: false,
      userGroupIds: [],
    }));
  }
}

function addTypes(store: Store): void {
  const rows = [
    { title: 'Issue', type: 'public' },
    { title: 'Task', type: 'private' },
    { title: 'Bug', type: 'public' },
    { title: 'Lead', type: 'private' },
    { title: 'Feedback', type: 'public' },
  ] as const;
  for (const { title, type } of rows) {
    store.types.insert((id) => ({
      id,
      title,
      displayOrder: id,
      departmentId: 0,
      displayIcon: `{$themepath}icon_type${title.toLowerCase()}.svg`,
      type,
      userVisibilityCustom: false,
      userGroupIds: [],
    }));
  }
}
