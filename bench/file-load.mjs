import { request } from 'node:http';

/** One upload as clients make it: multipart with the file and its project, or the bare body. Sends `bytes` as they are. */
const partsOf = ({ bytes, projectId, name, bare }) => {
  if (bare) return { type: 'application/octet-stream', head: Buffer.alloc(0), tail: Buffer.alloc(0), bytes };
  const boundary = 'redoubt-measurement-boundary';
  const field = `--${boundary}\r\nContent-Disposition: form-data; name="project_id"\r\n\r\n${projectId}\r\n`;
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    head: Buffer.from(field + file),
    tail: Buffer.from(`\r\n--${boundary}--\r\n`),
    bytes,
  };
};

const PIECE = 256 * 1024;

/** @throws Error for an answer that is none */
function answerOf(sending, onData) {
  return new Promise((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      let text = '';
      let size = 0;
      response.on('data', (chunk) => {
        size += chunk.length;
        onData?.(chunk);
        if (response.statusCode >= 300 || !onData) text += chunk.toString('utf8');
      });
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode, text, size }));
    });
  });
}

/** Sends a file in pieces, as fast as the server takes them. @returns status and parsed body */
export async function upload({ url, path, key, agent, ...file }) {
  const { type, head, bytes, tail } = partsOf(file);
  const sending = request(url + path, {
    method: 'POST',
    agent,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': type,
      'content-length': head.length + bytes.length + tail.length,
    },
  });
  const answer = answerOf(sending);
  const write = (piece) =>
    new Promise((resolve) => (sending.write(piece) ? resolve() : sending.once('drain', resolve)));
  const sent = (async () => {
    if (head.length > 0) await write(head);
    for (let at = 0; at < bytes.length; at += PIECE) await write(bytes.subarray(at, at + PIECE));
    sending.end(tail);
  })();
  await Promise.race([answer, sent]);
  const { status, text } = await answer;
  return { status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Reads a file and throws it away. @returns status and size in bytes */
export async function download({ url, path, key, agent }) {
  const sending = request(url + path, { method: 'POST', agent, headers: { authorization: `Bearer ${key}` } });
  const answer = answerOf(sending, () => {});
  sending.end();
  return answer;
}
