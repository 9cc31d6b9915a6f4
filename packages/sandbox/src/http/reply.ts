import { type XmlDocument } from '../xml/node.js';

/** What an operation answers; `text/xml` on every authenticated reply, `text/html` before that (1.5). */
export interface Reply {
  readonly status: number;
  readonly type: 'xml' | 'html';
  readonly body: string | XmlDocument;
}

export function xmlReply(document: XmlDocument): Reply {
  return { status: 200, type: 'xml', body: document };
}

export function textReply(status: number, text: string): Reply {
  return { status, type: 'xml', body: text };
}

export function htmlReply(status: number, text: string): Reply {
  return { status, type: 'html', body: text };
}

/** The page of a route that leads nowhere. */
export function htmlPage(status: number, title: string): Reply {
  return htmlReply(
    status,
    `<!DOCTYPE html>\n<html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`,
  );
}
