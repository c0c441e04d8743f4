import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const linesOf = (file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

const recordsOf = (file) => linesOf(file).map((line) => JSON.parse(line));

/** Judgements of every split that is there, unless there is one for tests, which then counts alone. */
function judgementFiles(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tsv'));
  return files.includes('test.tsv') ? ['test.tsv'] : files;
}

function readJudgements(folder) {
  const judgements = new Map();
  for (const name of judgementFiles(folder)) {
    for (const line of linesOf(join(folder, name))) {
      const [query, document, score] = line.split('\t');
      if (!Number.isFinite(Number(score))) continue;
      if (!judgements.has(query)) judgements.set(query, new Map());
      judgements.get(query).set(document, Number(score));
    }
  }
  return judgements;
}

/**
 * A test collection in BEIR's layout: `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and
 * `qrels/*.tsv` (query-id, corpus-id, score, below a line of headings).
 * @throws Error when a part is missing
 */
export function readCollection(folder) {
  for (const part of ['corpus.jsonl', 'queries.jsonl', 'qrels'])
    if (!existsSync(join(folder, part))) throw new Error(`${folder} has no ${part}`);
  return {
    documents: recordsOf(join(folder, 'corpus.jsonl')).map(({ _id, title = '', text }) => ({
      id: String(_id),
      title: title ?? '',
      text,
    })),
    queries: recordsOf(join(folder, 'queries.jsonl')).map(({ _id, text }) => ({ id: String(_id), text })),
    judgements: readJudgements(join(folder, 'qrels')),
  };
}
