// Runs programs for the tests of this folder.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** No program here takes more than a few seconds; one that hangs must end as a failure. */
const LIMIT_MS = 120_000;

/** The npm that runs these tests, or else the one on the path. */
const npmCommand = process.env.npm_execpath?.endsWith('.js')
  ? [process.execPath, process.env.npm_execpath]
  : ['npm'];

/** An npm that is started by npm must not take this repository for the project it works on. */
const npmEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/i.test(name),
  ),
);

/** Runs a program to its end and returns what it printed; what went wrong is in the error's message. */
function run(cwd, [file, ...args], env = process.env) {
  return new Promise((resolve, reject) => {
    execFile(
      file,
      args,
      { cwd, env, timeout: LIMIT_MS, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${error.message}\n${stdout}`));
      },
    );
  });
}

export function runNode(cwd, args, variables = {}) {
  return run(cwd, [process.execPath, ...args], { ...process.env, ...variables });
}

export function runNpm(cwd, args) {
  // Said explicitly: `npm test --silent` would otherwise silence the reason of a failure here.
  return run(cwd, [...npmCommand, '--loglevel=error', ...args], npmEnvironment);
}

/**
 * Starts a program that runs until it is told to stop, waits for its first line and gives it to `use`.
 * @returns the exit code that the program answers SIGTERM with
 */
export async function whileRunning(cwd, [file, ...args], use) {
  const child = spawn(file, args, { cwd, timeout: LIMIT_MS, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
    await use(first[0]);
  } finally {
    child.kill('SIGTERM');
  }
  const [exitCode] = await ended;
  return exitCode;
}
