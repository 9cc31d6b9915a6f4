/** An error the server answers with a status and a plain text (4.1). */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    text: string,
  ) {
    super(text);
  }
}

/** What ends in an uncaught exception on the real server: 200 with a report there, an honest status here (4.4). */
export class UncaughtException extends Refusal {}

/** Refuses with 400 unless the condition holds. */
export function demand(condition: boolean, text: string): asserts condition {
  if (!condition) throw new Refusal(400, text);
}

export function notFound(text: string): Refusal {
  return new Refusal(404, text);
}
