import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

/** A server that answers every request with one document. */
export interface DocumentServer extends AsyncDisposable {
  readonly url: string;
  document: string;
  /** How many requests it has answered. */
  answered: number;
}

export async function startDocumentServer(): Promise<DocumentServer> {
  const server = createServer((request, response) => {
    request.resume();
    state.answered += 1;
    response.writeHead(200, { 'content-type': 'text/xml;charset=UTF-8' }).end(state.document);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const state: DocumentServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/index.php`,
    document: '',
    answered: 0,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}
