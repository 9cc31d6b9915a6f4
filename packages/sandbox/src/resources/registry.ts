import { type Controller } from './call.js';
import { department } from './department.js';
import { staff } from './staff.js';
import { staffGroup } from './staff-group.js';

/** Every controller of the sandbox; a new resource is one file and one line here. */
const CONTROLLERS: readonly Controller[] = [department, staff, staffGroup];

const BY_ROUTE: ReadonlyMap<string, Controller> = new Map(
  CONTROLLERS.flatMap((controller) =>
    controller.names.map((name) => [`${controller.app.toLowerCase()}/${name}`, controller]),
  ),
);

/** The app is found without regard to case, the controller is not (1.2). */
export function findController(app: string, name: string): Controller | undefined {
  return BY_ROUTE.get(`${app.toLowerCase()}/${name}`);
}
