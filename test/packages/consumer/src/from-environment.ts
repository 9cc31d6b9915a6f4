// Talks to the help desk that the environment names.
import { Department, Kayako } from '@kayako-orm/orm';

await using kayako = Kayako.fromEnv();
const titles = (await kayako.getAll(Department)).map(({ title }) => title);
console.log(titles.join(', '));
