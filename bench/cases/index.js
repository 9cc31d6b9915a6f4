import { attachments } from './attachments.js';
import { include, includeLarge } from './include.js';
import { scan } from './scan.js';
import { session } from './session.js';
import { watching } from './watch.js';

/**
 * What is measured. A case has:
 *
 * - `name`, as `--only` and docs/performance.md call it
 * - `isLong`, if it is only run when it is named
 * - `variants(smoke)`: what is run, each with a `name`, the options of its `server`, the name of the variant that is its
 *   `baseline`, and whatever its program takes; with `smoke` as little as shows that all of it runs
 * - `passes`: `peak`, `heap` or both, each in a process of its own (harness/memory-probe.js)
 * - `prepare({ kayako, folder }, variant)`, if there is anything to prepare: runs in another process before each; what it
 *   returns is handed to `measure` as `prepared`; `folder` is for files, and removed at the end
 * - `measure({ kayako, connection, memory, prepared }, variant)`: the program; returns figures by name, besides those of
 *   `memory`
 * - `columns` of its table: `title`, `figure`, `digits`, and `over` for the difference to the baseline of the same round
 */
export const cases = [include, includeLarge, scan, watching, attachments, session];
