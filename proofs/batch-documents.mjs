/** One document in so many is not what its format says: refused alone, without failing its batch. */
const REFUSED_EVERY = 40;

const isRefused = (number) => number % REFUSED_EVERY === REFUSED_EVERY - 1;

const sentence = (batch, number) => `Note ${number} of batch ${batch}: write to person${number}@example.com.`;

/** What a result must say: nothing in it but the number tells one document from another. */
const redacted = (batch, number) => `Note ${number} of batch ${batch}: write to [EMAIL].`;

/** Documents of one batch, some long enough to fill a task alone, some refused. */
export function documentsOf(batch, count, random) {
  return Array.from({ length: count }, (_, number) => {
    const id = `doc-${number}`;
    if (isRefused(number)) return { id, data: '{"broken', format: 'json' };
    const padding = number % 97 === 0 ? ' Nothing to see.'.repeat(random.below(20_000)) : '';
    return { id, data: sentence(batch, number) + padding };
  });
}

/** What is wrong with the results of a batch: every document must be there once, in order, with its own text. */
export function faultsOf(batch, documents, results) {
  const faults = [];
  if (results.length !== documents.length)
    faults.push(`${results.length} results of ${documents.length} documents`);
  for (const [number, { id }] of documents.entries()) {
    const result = results[number];
    if (result?.document_id !== id) faults.push(`place ${number} has ${result?.document_id}`);
    else if (isRefused(number) && result.error?.code !== 'INVALID_DATA') faults.push(`${id} was not refused`);
    else if (!isRefused(number) && !result.processed_data?.startsWith(redacted(batch, number)))
      faults.push(`${id} has another text`);
  }
  return faults;
}
