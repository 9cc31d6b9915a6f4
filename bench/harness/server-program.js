// A help desk for measurements, in a process of its own: the sandbox, and where `isRecorded` a front before it that
// remembers each reply to a GET. Then the server is faster than its reader from the second time on, which is the hard
// case for memory. Takes its options as JSON, sends its address to the parent, and ends with it.
import { Buffer } from 'node:buffer';
import { Agent, createServer, request } from 'node:http';
import { startSandbox } from '../../packages/sandbox/dist/index.js';

const { isRecorded, ...options } = JSON.parse(process.argv[2]);
const sandbox = await startSandbox(options);

/** What the sandbox answers, as it is on the wire. */
function ask(path, headers, agent) {
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, sandbox.url), { headers, agent }, (reply) => {
      const chunks = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () => {
        const { 'content-type': type, 'content-encoding': encoding } = reply.headers;
        resolve({
          status: reply.statusCode,
          headers: { 'content-type': type, ...(encoding && { 'content-encoding': encoding }) },
          body: Buffer.concat(chunks),
        });
      });
    });
    asked.on('error', reject).end();
  });
}

async function recordedUrl() {
  const replies = new Map();
  const agent = new Agent({ keepAlive: true });
  const front = createServer((incoming, outgoing) => {
    const route = new URL(incoming.url, sandbox.url).searchParams.get('e');
    if (incoming.method !== 'GET' || route === null) {
      outgoing.writeHead(405).end();
      return;
    }
    if (!replies.has(route)) replies.set(route, ask(incoming.url, incoming.headers, agent));
    replies.get(route).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      (error) => outgoing.destroy(error),
    );
  });
  await new Promise((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${front.address().port}${new URL(sandbox.url).pathname}`;
}

const { apiKey, secretKey } = sandbox;
process.on('disconnect', () => process.exit());
process.send({ url: isRecorded ? await recordedUrl() : sandbox.url, apiKey, secretKey });
