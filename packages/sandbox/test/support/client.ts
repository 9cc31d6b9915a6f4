import { createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

import { type Sandbox } from '@kayako-orm/sandbox';

/** Form fields; a list is sent as `name[]`, once for each member. */
export type FormFields = Readonly<Record<string, string | number | readonly (string | number)[]>>;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly bytes: Buffer;
}

type Keys = Pick<Sandbox, 'apiKey' | 'secretKey'>;

/** The three authentication values for a salt, by this folder's own reading of section 2. */
export function sign(keys: Keys, salt = '1234567890'): Record<string, string> {
  const signature = createHmac('sha256', keys.secretKey).update(salt).digest('base64');
  return { apikey: keys.apiKey, salt, signature };
}

export function encodeForm(fields: FormFields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      typeof value === 'object'
        ? value.map((member) => `${name}[]=${encodeURIComponent(String(member))}`)
        : [`${name}=${encodeURIComponent(String(value))}`],
    )
    .join('&');
}

/** Sends exactly what it is told to, with nothing added. */
export function send(
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      url,
      {
        method: options.method ?? 'GET',
        headers: { ...lengthOf(options.body), ...options.headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: bytes.toString('utf8'),
            bytes,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** GET and DELETE send the body too. */
function lengthOf(body: string | Uint8Array | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

/** A signed request in the normal form: route in `e`, the rest in the query or the form body. */
export function call(
  sandbox: Sandbox,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  route: string,
  fields: FormFields = {},
): Promise<Answer> {
  const form = encodeForm({ ...sign(sandbox), ...fields });
  const url = `${sandbox.url}?e=${route}`;
  return method === 'GET' || method === 'DELETE'
    ? send(`${url}&${form}`, { method })
    : send(url, { method, headers: FORM_TYPE, body: form });
}

/** The id the first item of a reply carries as a child or as an attribute. */
export function idOf(answer: Answer): number {
  const match =
    /<id><!\[CDATA\[(\d+)\]\]><\/id>|<(?:ticket|note|timetrack) [^>]*?\bid="(\d+)"/.exec(
      answer.text,
    );
  return Number(match?.[1] ?? match?.[2]);
}

/** The texts of all elements of one name. */
export function textsOf(answer: Answer, element: string): string[] {
  const pattern = new RegExp(
    `<${element}(?: [^>]*?)?(?: />|><!\\[CDATA\\[(.*?)\\]\\]></${element}>)`,
    'gs',
  );
  return [...answer.text.matchAll(pattern)].map(([, text]) => text ?? '');
}

/** The whole document of some lines, as the live form writes it. */
export function documentOf(...lines: readonly string[]): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join('\n');
}

/** `<name>` with a text in CDATA, or empty. */
export function element(name: string, text: string | number): string {
  return text === '' ? `<${name} />` : `<${name}><![CDATA[${text}]]></${name}>`;
}

/** `<name>` with the elements of some names and texts in it, one line each. */
export function record(
  name: string,
  ...children: readonly (string | Readonly<Record<string, string | number>>)[]
): string[] {
  return [
    `<${name}>`,
    ...children.flatMap((child) =>
      typeof child === 'string'
        ? [child]
        : Object.entries(child).map(([key, text]) => element(key, text)),
    ),
    `</${name}>`,
  ];
}
