import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');

function present(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return ''; // Not written yet.
  }
}

/**
 * Writes what differs; with --check it writes nothing, and the program fails where something does.
 *
 * @param wanted texts by path from the repository's root
 */
export async function writeOrCheck(wanted) {
  const check = process.argv.includes('--check');
  const stale = [];
  for (const [file, text] of wanted) {
    const path = join(root, file);
    const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path });
    if (present(path) === formatted) continue;
    stale.push(file);
    if (!check) writeFileSync(path, formatted);
  }
  if (stale.length === 0) return;
  if (check) {
    console.error(`Out of step with the code: ${stale.join(', ')}. Run npm run generate.`);
    process.exitCode = 1;
  } else {
    console.log(`Written: ${stale.join(', ')}`);
  }
}
