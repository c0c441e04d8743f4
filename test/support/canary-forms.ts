import type { Canaries } from './canaries.js';
import type { CanaryRequest } from './canary-request.js';

const BOUNDARY = 'canary-boundary';

interface Part {
  readonly name: string;
  readonly content: string;
  readonly filename?: string;
  readonly type?: string;
}

const partOf = ({ name, content, filename, type }: Part): string => {
  const file = filename === undefined ? '' : `; filename="${filename}"`;
  const media = type === undefined ? '' : `\r\nContent-Type: ${type}`;
  return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}${media}\r\n\r\n${content}\r\n`;
};

const formOf = (...parts: Part[]): string => `${parts.map(partOf).join('')}--${BOUNDARY}--\r\n`;

/** Forms with canaries in every way a client could put personal data into an upload: good ones first. */
export function formsOf(
  request: Pick<CanaryRequest, 'method' | 'path' | 'target'>,
  projectId: string,
  canaries: Canaries,
): CanaryRequest[] {
  const operation = `${request.method} ${request.path}`;
  const word = (place: string): string => canaries.word(`${operation} ${place}`);
  const text = (place: string): string => canaries.text(`${operation} ${place}`);
  const project = { name: 'project_id', content: projectId };
  const file = (name: string, content: string): Part => ({
    name: 'file',
    filename: `Maria ${word(`name of ${name}`)} ${name}`,
    content,
    type: 'text/plain',
  });
  const good = [
    formOf(project, file('letter.txt', text('content').repeat(2_000))),
    formOf(file('table.csv', `name,note\nMaria,${word('cell')}\n`), project),
    formOf(project, file('record.json', JSON.stringify({ name: text('record') }))),
    formOf(project, { name: 'redact', content: 'true' }, file('redacted.txt', text('redacted'))),
  ];
  const [first = ''] = good;
  const bad = [
    formOf(project, file('picture.png', text('wrong content'))),
    formOf(project, { name: 'redact', content: word('redact') }, file('maybe.txt', text('maybe redacted'))),
    formOf(
      project,
      { name: 'redact', content: 'true' },
      { name: 'processor_id', content: word('processor') },
      file('how.txt', text('how')),
    ),
    formOf(project, file('program.exe', `MZ\u0000${text('program')}`)),
    formOf({ name: 'project_id', content: word('project') }, file('note.txt', text('foreign note'))),
    formOf(
      project,
      { name: canaries.word(`${operation} as field`, 'name'), content: text('unknown field') },
      file('x.txt', text('late')),
    ),
    formOf(project, { ...file('twice.txt', text('once')) }, file('again.txt', text('twice'))),
    formOf(project),
    formOf({ name: 'file', content: text('no file') }),
    first.slice(0, first.length / 2),
    text('no form'),
  ];
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  const key = word('idempotency-key');
  const asForm = (body: string, more = {}): CanaryRequest => ({
    ...request,
    body,
    headers: { ...headers, ...more },
  });
  return [
    ...good.map((body) => asForm(body)),
    // The name is taken by now, and the third time the key has been used.
    asForm(first),
    ...[1, 2].map(() =>
      asForm(formOf(project, { ...file('key.txt', text('keyed')) }), { 'idempotency-key': key }),
    ),
    ...bad.map((body) => asForm(body)),
    { ...request, body: first, headers: { 'content-type': 'multipart/form-data' } },
    {
      ...request,
      body: first,
      headers: { 'content-type': `multipart/form-data; boundary=${word('boundary')}` },
    },
  ];
}
