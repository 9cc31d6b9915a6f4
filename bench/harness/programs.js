import { fork } from 'node:child_process';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';

/** Far above what any of them takes, on a busy machine too. */
const LIMIT_MS = 1_800_000;

/** Starts a file of this folder in a fresh process. @returns it, and the first message that it sends */
function start(file, given) {
  const child = fork(join(import.meta.dirname, file), [JSON.stringify(given)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const answer = new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`${file} ${JSON.stringify(given)} did not answer in ${LIMIT_MS / 1000} s`));
      child.kill('SIGKILL');
    }, LIMIT_MS);
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`${file} ${JSON.stringify(given)} ended with ${signal ?? code}`));
    });
    const settled = () => {
      clearTimeout(limit);
    };
    child.once('message', settled).once('exit', settled);
  });
  return { child, answer };
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', resolve);
  });
}

/** Runs a step of a variant in a process of its own, which has ended when this returns. @returns what it sent */
export async function runProgram(given) {
  const { child, answer } = start('program.js', given);
  const message = await answer;
  await ended(child);
  return message;
}

/** Help desks that are started when they are first asked for; equal options share one. */
export class Servers {
  #running = new Map();

  async connection(options) {
    const key = JSON.stringify(options);
    const server = this.#running.get(key) ?? start('server-program.js', options);
    this.#running.set(key, server);
    return server.answer;
  }

  async stop() {
    for (const { child } of this.#running.values()) {
      child.disconnect();
      await ended(child);
    }
  }
}
