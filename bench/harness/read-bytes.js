// What is below the library: its own transport and signatures, and nothing that looks at the bytes.
import { connectionSettings } from '../../packages/core/dist/http/connection-options.js';
import { Credentials } from '../../packages/core/dist/http/credentials.js';
import { encodeForm } from '../../packages/core/dist/http/form.js';
import { UndiciTransport } from '../../packages/core/dist/http/undici-transport.js';
import { requestUrl } from '../../packages/core/dist/http/url-style.js';

/** Reads replies to their ends and drops them. */
export class ByteReader {
  #settings;
  #transport;
  #credentials;

  constructor(connection) {
    this.#settings = connectionSettings(connection);
    this.#transport = new UndiciTransport(this.#settings);
    const { apiKey, secretKey, nonce } = this.#settings;
    this.#credentials = new Credentials(apiKey, secretKey, nonce);
  }

  /** @returns how many bytes the reply had */
  async read(route) {
    const { url, urlStyle } = this.#settings;
    const query = encodeForm(this.#credentials.sign([]).parameters);
    const { status, body } = await this.#transport.send({
      method: 'GET',
      url: requestUrl(url, urlStyle, route, query),
      body: undefined,
      label: `GET ${route}`,
    });
    let bytes = 0;
    for await (const chunk of body) bytes += chunk.byteLength;
    if (status !== 200) throw new Error(`GET ${route} was answered with ${status}`);
    return bytes;
  }

  async close() {
    await this.#transport.close();
  }
}
