import { budgetProblems, Meter } from '../../src/http/meter.js';

describe('a budget', () => {
  it('is an object of whole numbers from 0', () => {
    expect(budgetProblems({})).toEqual([]);
    expect(budgetProblems({ requests: 0, rows: 5, bytes: 2 ** 40 })).toEqual([]);
  });

  it.each([
    ['null', null],
    ['a number', 5],
    ['a list', [5]],
    ['another name', { request: 5 }],
    ['a negative number', { rows: -1 }],
    ['a fraction', { rows: 1.5 }],
    ['infinity', { bytes: Infinity }],
    ['undefined', { bytes: undefined }],
    ['text', { requests: '5' }],
    ['a promise', Promise.resolve({ requests: 0 })],
    ['a Map', new Map([['requests', 0]])],
    ['an instance', new Date()],
  ])('is not %s', (_name, budget) => {
    expect(budgetProblems(budget)).toHaveLength(1);
  });
});

describe('a meter', () => {
  it('counts on itself and above, and without a budget refuses nothing', () => {
    const above = new Meter('this connection', {});
    const meter = above.child('this query', {}, () => null);
    meter.request('GET /a');
    expect(meter.bytes(Buffer.alloc(10))).toHaveLength(10);
    expect(meter.rows([1, 2])).toEqual([1, 2]);
    above.request('GET /b');
    expect(meter.usage).toEqual({ requests: 1, rows: 2, bytes: 10 });
    expect(above.usage).toEqual({ requests: 2, rows: 2, bytes: 10 });
  });

  it('refuses one request too many, without counting it', () => {
    const meter = new Meter('this query', { requests: 1 }, () => 'User\n  request  GET /a');
    meter.request('GET /a');
    expect(() => {
      meter.request('GET /b');
    }).toThrow(
      expect.objectContaining({
        code: 'BUDGET_EXCEEDED',
        resource: 'requests',
        usage: { requests: 1, rows: 0, bytes: 0 },
        plan: 'User\n  request  GET /a',
        message: expect.stringMatching(
          /^GET \/b: not sent.*this query is 1 requests.*\nUser\n {2}request {2}GET \/a$/s,
        ) as string,
      }) as Error,
    );
    expect(meter.usage.requests).toBe(1);
  });

  it('lets bytes through up to the first one over', () => {
    const meter = new Meter('this query', { bytes: 10 });
    expect(meter.bytes(Buffer.from('12345678')).toString()).toBe('12345678');
    expect(Buffer.from(meter.bytes(Buffer.from('90ab'))).toString()).toBe('90');
    expect(meter.bytes(Buffer.from('c'))).toHaveLength(0);
    expect(() => meter.refuse('bytes', 'GET /a')).toThrow(
      expect.objectContaining({ resource: 'bytes', plan: null }) as Error,
    );
  });

  it('lets rows through up to the first one over', () => {
    const meter = new Meter('this query', { rows: 3 });
    expect(meter.rows([1, 2])).toEqual([1, 2]);
    expect(meter.rows([3, 4])).toEqual([3]);
    expect(meter.rows([5])).toEqual([]);
    expect(() => meter.refuse('rows', 'GET /a')).toThrow(
      expect.objectContaining({ resource: 'rows' }) as Error,
    );
  });

  it('holds to the budget above as well, and says whose it is', () => {
    const above = new Meter('this connection', { requests: 2 });
    const meter = above.child('this query', { requests: 5 }, () => 'the plan');
    above.request('GET /a');
    meter.request('GET /b');
    expect(() => {
      meter.request('GET /c');
    }).toThrow(/this connection is 2 requests.*the plan/s);
    expect(above.usage.requests).toBe(2);
  });
});
