import { type Controller } from './call.js';
import { CONTROLLERS } from './controllers.js';

const BY_ROUTE: ReadonlyMap<string, Controller> = new Map(
  CONTROLLERS.flatMap((controller) =>
    controller.names.map((name) => [`${controller.app.toLowerCase()}/${name}`, controller]),
  ),
);

/** The app is found without regard to case, the controller is not (1.2). */
export function findController(app: string, name: string): Controller | undefined {
  return BY_ROUTE.get(`${app.toLowerCase()}/${name}`);
}
