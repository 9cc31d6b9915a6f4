import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

import { type DocumentForm } from '../xml/document-form.js';
import { renderDocument } from '../xml/render-document.js';
import { type Reply } from './reply.js';
import { type RequestEntry } from './request-log.js';

/** How many pieces may go out before other requests get a turn: a fast reader never makes the connection wait. */
const PIECES_PER_TURN = 16;

/**
 * The one place every reply passes through: status, headers, compression, and the pace of the client. Stops taking
 * pieces from the document when the client goes away.
 */
export async function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  form: DocumentForm,
  entry: RequestEntry,
): Promise<void> {
  if (response.destroyed) return;
  entry.status = reply.status;
  setHeaders(response, reply);
  if (typeof reply.body === 'string' && reply.body === '') {
    response.setHeader('Content-Length', 0).end();
    return;
  }
  const pieces =
    typeof reply.body === 'string'
      ? [Buffer.from(reply.body, 'utf8')]
      : renderDocument(reply.body, form);
  if (acceptsGzip(request)) {
    entry.contentEncoding = 'gzip';
    response.setHeader('Content-Encoding', 'gzip').setHeader('Vary', 'Accept-Encoding');
    await writePieces(response, compressed(pieces), entry);
  } else {
    await writePieces(response, pieces, entry);
  }
}

function setHeaders(response: ServerResponse, reply: Reply): void {
  response.statusCode = reply.status;
  response.setHeader('Content-Type', `text/${reply.type};charset=UTF-8`);
  response.setHeader('X-Frame-Options', 'SAMEORIGIN');
  response.setHeader('X-XSS-Protection', '1');
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

async function writePieces(
  response: ServerResponse,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  entry: RequestEntry,
): Promise<void> {
  let written = 0;
  for await (const piece of pieces) {
    if (response.destroyed) return;
    entry.bytes += piece.length;
    if (!response.write(piece)) await drained(response);
    written += 1;
    if (written % PIECES_PER_TURN === 0) await nextTurn();
  }
  response.end();
}

function compressed(pieces: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  // Whoever iterates the result learns about errors; the callback only has to exist.
  pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), gzip, () => undefined);
  return gzip;
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.on('drain', settle);
    response.on('close', settle);
    if (response.destroyed) settle();
  });
}

/** True if `Accept-Encoding` names gzip and does not weigh it 0. */
function acceptsGzip(request: IncomingMessage): boolean {
  const accepted = request.headers['accept-encoding'];
  if (typeof accepted !== 'string') return false;
  return accepted
    .toLowerCase()
    .split(',')
    .some((coding) => /^\s*(?:x-)?gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/.test(coding));
}
