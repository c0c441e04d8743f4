const PAGE = 1_000;

async function readPage({ url, key }, offset, from) {
  const since = from === undefined ? '' : `&start_date=${encodeURIComponent(from.toISOString())}`;
  const response = await fetch(`${url}/v1/audit-logs?limit=${PAGE}&offset=${offset}${since}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (response.status !== 200) throw new Error(`GET /v1/audit-logs answered ${response.status}`);
  return response.json();
}

/** All rows of the audit log since a moment (all when absent), read page by page while nothing writes. */
export async function readAuditRows(server, from) {
  const rows = [];
  for (let total = 1; rows.length < total; ) {
    const { logs, pagination } = await readPage(server, rows.length, from);
    total = pagination.total;
    if (logs.length === 0 && rows.length < total)
      throw new Error(`the audit log says ${total} rows and ends after ${rows.length}`);
    rows.push(...logs);
  }
  return rows;
}

/**
 * Holds the answers that clients got against the rows.
 * @param {Map<string, {action: string, agent: string, entities: number}>} answered by request id
 * @returns how many answers have their row, have none, and have a row that differs or stands twice
 */
export function compare(answered, rows) {
  const byId = new Map();
  for (const row of rows) byId.set(row.request_id, [...(byId.get(row.request_id) ?? []), row]);
  const result = { found: 0, missing: 0, wrong: 0 };
  for (const [id, { action, agent, entities }] of answered) {
    const [row, ...more] = byId.get(id) ?? [];
    if (row === undefined) result.missing++;
    else if (
      more.length > 0 ||
      row.action !== action ||
      row.user_agent !== agent ||
      row.entities_detected !== entities
    )
      result.wrong++;
    else result.found++;
  }
  return result;
}
