// Prints a step of a program as its heading, the code that runs, and what that code prints.

/** The body of a function as it runs, without the wrapping braces and its `return`. */
function sourceOf(step: () => Promise<unknown>): string[] {
  const lines = step.toString().split('\n').slice(1, -1);
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).filter((line) => !line.startsWith('return '));
}

/** Runs one step; its return value is for the steps that follow. */
export async function narrate<Result>(
  heading: string,
  step: () => Promise<Result>,
): Promise<Result> {
  console.log(`\n## ${heading}\n`);
  for (const line of sourceOf(step)) console.log(`    ${line}`);
  console.log();
  return step();
}
