// One step of one variant: prepares it, or measures it. Sends the parent what came of it.
import { Kayako } from '../../packages/orm/dist/index.js';
import { cases } from '../cases/index.js';
import { MemoryProbe } from './memory-probe.js';

const { step, caseName, variant, connection, folder, prepared, pass } = JSON.parse(process.argv[2]);
const { prepare, measure } = cases.find(({ name }) => name === caseName);

process.once('disconnect', () => process.exit());
const kayako = new Kayako(connection);
let answer;
if (step === 'prepare') answer = await prepare({ kayako, folder }, variant);
else {
  const memory = new MemoryProbe(pass);
  const figures = await measure({ kayako, connection, memory, prepared }, variant);
  answer = { ...figures, ...memory.figures };
}
await kayako.close();
process.send(answer, () => {
  process.disconnect();
});
