import { RecordInvalidError } from '../../src/errors/response-errors.js';
import { bytesOf, cutAt } from '../support/chunks.js';
import { Decoding } from '../support/decoding.js';
import { Department, Ticket } from '../support/desk.js';

const GOOD = '<department><id>1</id><title>Good</title></department>';

function departments(...records: string[]): Uint8Array {
  return bytesOf(`<?xml version="1.0"?><departments>${records.join('')}</departments>`);
}

async function outcome(chunks: readonly Uint8Array[]): Promise<{ ids: number[]; error: unknown }> {
  const { batches, error } = await new Decoding().read(Department, chunks);
  return { ids: batches.flat().map(({ id }) => id), error };
}

describe('a record that cannot be decoded', () => {
  it.each([
    ['a tag that closes another', '<department><id>2</id><title>Bad</titel></department>'],
    ['a tag that closes too early', '<department><id>2</id><title>Bad</department>'],
    ['the end tag of another', '<department><id>2</id><title>Bad</title></departmnt>'],
    ['no end tag', '<department><id>2</id></departments>'],
    ['a bare < in text', '<department><id>2</id><title>a < b</title></department>'],
    ['an attribute without quotes', '<department kind=odd><id>2</id></department>'],
    ['a CDATA end in plain text', '<department><id>2</id><title>a ]]> b</title></department>'],
  ])('is reported as RECORD_INVALID when it has %s, whatever follows it', async (_, bad) => {
    const bytes = departments(GOOD, bad, GOOD);
    const { ids, error } = await outcome([bytes]);
    expect(error).toBeInstanceOf(RecordInvalidError);
    expect(ids).toEqual([1]);
  });

  it('ends the reading at the same place wherever the reply is cut', async () => {
    const bytes = departments(GOOD, '<department><id>2</id><title>Bad</titel></department>', GOOD);
    for (let place = 1; place < bytes.length; place += 1) {
      const { ids, error } = await outcome(cutAt(bytes, [place]));
      expect({ place, ids, code: (error as RecordInvalidError).code }).toEqual({
        place,
        ids: [1],
        code: 'RECORD_INVALID',
      });
    }
  });

  it('is named with its id, its field, the type expected and the text', async () => {
    const bytes = departments(GOOD, '<department><id>2</id><displayorder>last</displayorder>');
    const { ids, error } = await outcome([bytes]);
    expect(ids).toEqual([1]);
    expect((error as Error).message).toContain(
      'Department 2: displayOrder is not of type whole number: "last"',
    );
    expect((error as Error).message).toContain('version');
  });

  it('is named without an id when the id itself is no number', async () => {
    const { error } = await outcome([departments('<department><id>x1</id></department>')]);
    expect((error as Error).message).toContain('Department: id is not of type whole number');
  });

  it('is named with its own id when the bad value stands in a row inside it', async () => {
    const { error } = await new Decoding().read(Ticket, [
      bytesOf('<tickets><ticket id="5"><posts><post><id>21</id><dateline>soon</dateline>'),
    ]);
    expect((error as Error).message).toContain('Ticket 5: dateline is not of type');
  });

  it('is refused when a date lies beyond what a Date can hold', async () => {
    const { error } = await new Decoding().read(Ticket, [
      bytesOf('<tickets><ticket id="5"><lastactivity>99999999999999</lastactivity>'),
    ]);
    expect((error as Error).message).toContain('Ticket 5: lastActivity is not of type');
  });

  it('shows only the beginning of a long text', async () => {
    const { error } = await outcome([
      departments(`<department><displayorder>${'9'.repeat(100_000)}</displayorder>`),
    ]);
    expect((error as Error).message.length).toBeLessThan(500);
  });
});
