import fc from 'fast-check';
import { startDesk } from '../support/desk.js';
import { commands, Flush, initialModel } from './session-commands.js';

test('a session does what a naive model of the help desk says, whatever is done in which order', async () => {
  await using desk = await startDesk();
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 50, size: 'max' }), async (sequence) => {
      desk.sandbox.reset();
      const model = await initialModel(desk);
      const real = { desk, session: desk.kayako.session() };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await new Flush({}).run(model, real);
      expect(real.session.toString()).toBe('<Session: 0 to add, 0 to remove, 0 perhaps changed>');
    }),
    { numRuns: 60, endOnFailure: false },
  );
}, 120_000);
