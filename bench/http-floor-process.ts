/** The floor of the HTTP bench: a bare node:http server that answers what Paddock answered, and does nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answer bodies by `METHOD path`, the path without its query. */
export type CannedAnswers = Readonly<Record<string, { readonly status: number; readonly body: string }>>;

process.once('message', (answers: CannedAnswers) => {
  const server = createServer((request, response) => {
    const [path] = (request.url ?? '').split('?');
    const answer = answers[`${request.method} ${path}`];
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      if (body !== '') JSON.parse(body);
      response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json; charset=utf-8' });
      response.end(answer?.body ?? '{}');
    });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
});
