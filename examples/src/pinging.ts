// A service that says whether its help desk can be used, asked at a moment when it can and at one when it cannot.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { Kayako } from '@kayako-orm/orm';
import { startSandbox } from '@kayako-orm/sandbox';

const sandbox = await startSandbox();
const kayako = new Kayako(sandbox);

// ----- ping
const { controller, roundTripMs, versionHints } = await kayako.ping();
console.log(`${controller} answered in ${Math.round(roundTripMs)} ms`);
for (const hint of versionHints) console.log(hint); // It has /Core/TestAPI, so it is no early 4.0x build.
// -----

// ----- readiness
import { KayakoError } from '@kayako-orm/orm';

const probe = createServer((_request, response) => {
  const answer = async (): Promise<void> => {
    try {
      await kayako.ping({ signal: AbortSignal.timeout(2000) });
      response.writeHead(204).end();
    } catch (error) {
      const code = error instanceof KayakoError ? error.code : 'TIMEOUT';
      response.writeHead(503).end(code); // the message is for the log
      console.error(String(error));
    }
  };
  void answer();
});
// -----

probe.listen(0, '127.0.0.1');
await once(probe, 'listening');
const url = `http://127.0.0.1:${(probe.address() as AddressInfo).port}/ready`;
console.log('ready:', (await fetch(url)).status);
await sandbox.close();
const refused = await fetch(url);
console.log('ready:', refused.status, await refused.text());

probe.closeAllConnections();
probe.close();
await kayako.close();
