import { ROWS_PER_TURN, type Table } from './tables/table.js';

const MODULUS = 1n << 256n;

/**
 * A digest of what a table holds, whatever the order of its rows and columns, its format and its quotes: the sum, modulo 2^256,
 * of a keyed digest of each row (MSet-Add-Hash of Clarke et al., Incremental Multiset Hash Functions, ASIACRYPT 2003).
 * @param digest keyed, 32 bytes of a text
 */
export function* digestOfTable(
  { columns, rows }: Pick<Table, 'columns' | 'rows'>,
  digest: (text: string) => Uint8Array,
): Generator<void, string> {
  const order = columns
    .map(({ name, occurrence }, index) => ({ key: JSON.stringify([name, occurrence]), index }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  let sum = numberOf(digest(JSON.stringify(order.map(({ key }) => key))));
  for (const [row, cells] of rows.entries()) {
    if (row % ROWS_PER_TURN === 0) yield;
    const texts = order.map(({ index }) => (cells[index] ?? '').trim());
    sum = (sum + numberOf(digest(JSON.stringify(texts)))) % MODULUS;
  }
  return `${rows.length}:${sum.toString(16)}`;
}

function numberOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}
