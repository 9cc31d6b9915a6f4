import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';

export const repository = join(import.meta.dirname, '..', '..');

/**
 * Runs a script with the Node that runs this one, in the root of the repository.
 *
 * @returns whether it ended with 0 within its time, and what it printed (nothing when `verbose`: then it was shown)
 */
export function runNode(args, { verbose, limitMs }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: repository,
      stdio: ['ignore', verbose ? 'inherit' : 'pipe', verbose ? 'inherit' : 'pipe'],
      // A group of its own, so that what hangs is ended with all that it started.
      detached: true,
    });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));

    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // It has ended by itself.
      }
    };
    let reason = '';
    const limit = setTimeout(() => {
      reason = `Ended: it ran for more than ${limitMs / 1000} seconds.\n`;
      end('SIGKILL');
    }, limitMs);
    const interrupt = () => {
      end('SIGTERM');
      process.exit(130);
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

    child.once('error', (error) => {
      reason = `${error.message}\n`;
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      if (reason === '' && signal !== null) reason = `Ended by ${signal}.\n`;
      resolve({ ok: code === 0, output: `${Buffer.concat(chunks).toString('utf8')}${reason}` });
    });
  });
}
