/**
 * Reads one batch ahead: while its consumer works on one, the next is under way, across the border of a page too.
 *
 * @param abort ends what is under way when the consumer leaves early; its iterator alone would wait for it.
 */
export async function* readAhead<Batch>(
  batches: AsyncGenerator<Batch>,
  abort: () => void,
): AsyncGenerator<Batch> {
  const request = (): Promise<IteratorResult<Batch>> => {
    const next = batches.next();
    // Whoever leaves early does not want to hear of it; everybody else awaits it.
    next.catch(() => undefined);
    return next;
  };
  let isOver = false;
  try {
    for (let ahead = request(); ;) {
      const result = await ahead;
      isOver = result.done === true;
      if (result.done === true) return;
      ahead = request();
      yield result.value;
    }
  } finally {
    if (!isOver) abort();
    await batches.return(undefined);
  }
}
