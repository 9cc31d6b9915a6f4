import { performance } from 'node:perf_hooks';
import { clearInterval, setImmediate, setInterval } from 'node:timers';

const SAMPLE_MS = 5;
const MB = 1e6;

/** So that callbacks of the collector and of sockets come to their turn. */
function turn() {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function keptBytes() {
  for (let times = 0; times < 5; times += 1) {
    globalThis.gc();
    await turn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * What a program takes between `begin` and `end`, in MB (1,000,000 bytes). A collection that is forced makes the peak
 * lower, so the two are measured in processes of their own.
 *
 * - The pass `peak` takes the peak of the resident set: sampled while the program works, and as the system counts it
 *   from the start of the process.
 * - The pass `heap` collects at each `point`, and takes the heap and buffers that are alive then beyond those at `begin`.
 */
export class MemoryProbe {
  figures = {};
  #pass;
  #before = 0;
  #sampled = 0;
  #timer;
  #started = 0;

  constructor(pass) {
    this.#pass = pass;
  }

  async begin() {
    this.#before = await keptBytes();
    this.#started = performance.now();
    if (this.#pass !== 'peak') return;
    this.#sample();
    this.#timer = setInterval(() => {
      this.#sample();
    }, SAMPLE_MS);
  }

  /** @returns the bytes alive beyond those at the beginning, or null in another pass */
  async point(name) {
    if (this.#pass !== 'heap') return null;
    const kept = (await keptBytes()) - this.#before;
    this.figures[name] = kept / MB;
    return kept;
  }

  async end() {
    if (this.#pass === 'peak') {
      this.#sample();
      clearInterval(this.#timer);
      this.figures.sampledPeak = this.#sampled / MB;
      this.figures.peak = (process.resourceUsage().maxRSS * 1024) / MB;
      this.figures.seconds = (performance.now() - this.#started) / 1000;
    }
    await this.point('end');
  }

  /** At which of so many rows to take a point, and its name. */
  static quarters(total) {
    return new Map([
      [Math.ceil(total / 4), 'quarter'],
      [Math.ceil(total / 2), 'half'],
      [Math.ceil((total * 3) / 4), 'threeQuarters'],
    ]);
  }

  #sample() {
    this.#sampled = Math.max(this.#sampled, process.memoryUsage.rss());
  }
}
