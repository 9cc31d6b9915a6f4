import { readFile } from 'node:fs/promises';

/**
 * Adds up a jest run from the file that `--outputFile` wrote. Failures that belong to no test count as one each: a suite
 * that ran no test, a run that left no file or ran nothing, an exit code that no failed test explains.
 */
export async function jestCounts(file, ok) {
  const report = await readReport(file);
  if (report === null) return { passed: 0, failed: 1, note: 'jest left no report' };
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const emptySuites = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const explained = report.numFailedTests + emptySuites.length;
  const unexplained = explained === 0 && (!ok || passed === 0) ? 1 : 0;
  const failed = explained + unexplained;
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return { passed, failed, note: parts.join(', ') };
}

async function readReport(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}
