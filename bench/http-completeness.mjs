import { Forked } from './forked.mjs';
import { checkRow } from './report.mjs';
import { DETECT_SAMPLE } from './samples.mjs';

/** How many text operations the audit log holds. */
async function auditTotal({ url, key }) {
  const response = await fetch(`${url}/v1/audit-logs?limit=1`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (response.status !== 200) throw new Error(`GET /v1/audit-logs answered ${response.status}`);
  return (await response.json()).pagination.total;
}

/** The sample's three values must be found: speed without them would mean nothing. */
export async function assertDetects({ url, key }) {
  const response = await fetch(`${url}/v1/detect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(DETECT_SAMPLE),
  });
  const { entities = [] } = await response.json();
  const types = entities.map(({ type }) => type).sort();
  if (response.status === 200 && types.join() === 'EMAIL,PERSON_NAME,PHONE') return;
  throw new Error(`POST /v1/detect answered ${response.status} and found: ${types.join() || 'nothing'}`);
}

/** Sends a fixed number of requests: every one must be answered with 200 and be one row of the audit log. */
export async function httpCompleteness({ server, connections, amount }) {
  const load = new Forked('load.mjs');
  try {
    const { url, key } = server;
    const before = await auditTotal(server);
    const sent = await load.ask({ url: `${url}/v1/detect`, key, body: DETECT_SAMPLE, connections, amount });
    const rows = (await auditTotal(server)) - before;
    const failed = sent.answered - sent.ok + sent.errors;
    const statuses = JSON.stringify(sent.statuses);
    return {
      text: `${sent.answered} answers (${statuses}), ${sent.errors} errors (${sent.timeouts} timeouts), ${rows} new audit rows.`,
      checks: [
        checkRow(
          `${amount} requests at ${connections} connections: none fails`,
          `${sent.ok} × 200, ${failed} failed`,
          sent.ok === amount && failed === 0,
        ),
        checkRow('as many audit rows', rows, rows === amount),
      ],
    };
  } finally {
    await load.stop();
  }
}
