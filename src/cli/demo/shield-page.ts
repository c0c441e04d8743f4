import { EchoServer } from '../../echo/echo-server.js';
import { StartError } from '../../platform/errors/start-error.js';
import type { ChatAnswer, ChatMessage, CompletionsClient, Receipt } from './completions-client.js';
import type { Palette } from './palette.js';
import { COLUMNS, heading } from './sample-page.js';
import type { SecretsClient } from './secrets-client.js';
import { sideBySide } from './side-by-side.js';
import { type Span, wrap } from './spans.js';

const NAME = 'Aisha Khan';
const EMAIL = 'aisha.khan@example.com';
const PHONE = '555-010-9931';

const questionWith = (secret: string): string =>
  `Tell ${NAME} (${EMAIL}, ${PHONE}) that her parcel is late. The door opens with ${secret}.`;

const HANDBOOK: readonly ChatMessage[] = [
  {
    role: 'system',
    content:
      'The brake pads BP1087 fit the Honda Civic of 2019. They come in sets of four. Returns are taken within 30 days.',
  },
  { role: 'user', content: 'Within how many days can I return the pads?' },
];

const MARGIN = '  ';
const BODY = COLUMNS - MARGIN.length;
/** Columns of a label and the blanks after it. */
const LABEL = 10;

/** Tokens and what hides a secret; all else of a text as it stands. */
const PLACEHOLDER = /([A-Z][A-Z_]*)-[0-9A-HJKMNP-TV-Z]{16,}|\[([A-Z_]+)\]/g;

export function spansOfTokens(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const { 0: placeholder, 1: token, 2: hidden, index } of text.matchAll(PLACEHOLDER)) {
    spans.push({ text: text.slice(at, index) }, { text: placeholder, type: token ?? hidden ?? '' });
    at = index + placeholder.length;
  }
  return [...spans, { text: text.slice(at) }].filter((span) => span.text !== '');
}

const indented = (line: string): string => (line === '' ? '' : MARGIN + line);

/** A value that only the vault knows to be a secret. */
async function secretInVault(secrets: SecretsClient): Promise<string> {
  const value = Buffer.from(crypto.getRandomValues(new Uint8Array(12))).toString('base64url');
  const environment = await secrets.createEnvironment('doors');
  await secrets.import(environment, `DOOR_CODE=${value}\n`, 'For the warehouse');
  return value;
}

const sha256 = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');

interface Exchange {
  readonly question: string;
  readonly answer: ChatAnswer;
  /** The request as the model server got it. */
  readonly received: string;
  readonly receipt: Receipt;
}

/** The text of the question in a request's body. */
function askedIn(body: string): string {
  const { messages } = JSON.parse(body) as { messages: readonly ChatMessage[] };
  return messages.at(-1)?.content ?? '';
}

/** @throws StartError when the model server learned something, or the client did not get it back */
async function check({ answer, received, receipt }: Exchange, secret: string): Promise<void> {
  const learned = [NAME, EMAIL, PHONE, secret].some((value) => received.includes(value));
  const isRestored = [NAME, EMAIL, PHONE].every((value) => answer.text.includes(value));
  if (learned || !isRestored || answer.text.includes(secret))
    throw new StartError('The demo ends: the shield let something through, or did not give it back.');
  if (receipt.request?.sha256 !== (await sha256(received)))
    throw new StartError('The demo ends: the receipt names other bytes than those that were sent.');
}

async function exchange(
  completions: CompletionsClient,
  echo: EchoServer,
  question: string,
): Promise<Exchange> {
  const answer = await completions.ask('echo', [{ role: 'user', content: question }]);
  const received = echo.received[0]?.body ?? '';
  return { question, answer, received, receipt: await completions.receipt(answer.receiptId) };
}

const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function linesOf(label: string, text: string, palette: Palette): string[] {
  const lines = wrap([{ text }], BODY - LABEL).map((line) => line.map((span) => span.text).join(''));
  return lines.map((line, index) =>
    index === 0
      ? palette.bold(label) + line.padStart(line.length + LABEL - label.length)
      : ' '.repeat(LABEL) + line,
  );
}

function exchangeLines({ question, answer, received, receipt }: Exchange, palette: Palette): string[] {
  const paint = ({ text, type }: Span): string => (type === undefined ? text : palette.protected(text, type));
  const [titles = '', ...columns] = sideBySide(
    { title: 'What the model server saw', spans: spansOfTokens(askedIn(received)) },
    { title: 'What came back', spans: spansOfTokens(answer.text) },
    paint,
    BODY,
  );
  const { request, upstream, findings } = receipt;
  return [
    ...linesOf('Asked', question, palette),
    '',
    palette.bold(titles),
    ...columns,
    '',
    ...linesOf('Receipt', countsOf(findings), palette),
    ...linesOf(
      '',
      `${request?.bytes ?? 0} bytes to "${upstream?.name ?? ''}", which got exactly these:`,
      palette,
    ),
    ...linesOf('SHA-256', request?.sha256 ?? '', palette),
  ];
}

/** @throws StartError when it quotes something else, or nothing */
async function quotedLines(completions: CompletionsClient, palette: Palette): Promise<string[]> {
  const { text, citations } = await completions.ask('local-extractive', HANDBOOK);
  const [citation] = citations;
  const source = HANDBOOK[citation?.message ?? -1]?.content ?? '';
  if (!citation || [...source].slice(citation.start, citation.end).join('') !== text)
    throw new StartError('The demo ends: a quoted answer does not stand where it says.');
  return [
    palette.faint('A model of this server: it quotes what it is given, and invents nothing.'),
    '',
    ...linesOf('Given', source, palette),
    ...linesOf('Asked', HANDBOOK.at(-1)?.content ?? '', palette),
    ...linesOf('Quoted', text, palette),
    ...linesOf('', `message ${citation.message}, characters ${citation.start} to ${citation.end}`, palette),
  ];
}

/**
 * A question with personal data and a secret on its way to a model server and back, with the receipt, and one answered by
 * quoting. The model server repeats what it is sent, and is stopped afterwards.
 * @throws StartError when the model server learns what it must not, or the answer is not what it should be
 */
export async function shieldPage(
  completions: CompletionsClient,
  secrets: SecretsClient,
  palette: Palette,
): Promise<string[]> {
  const echo = new EchoServer();
  const baseUrl = await echo.start();
  try {
    const upstream = await completions.addUpstream('demo', baseUrl);
    const secret = await secretInVault(secrets);
    const made = await exchange(completions, echo, questionWith(secret));
    await check(made, secret);
    await completions.removeUpstream(upstream);
    const lines = [
      palette.faint('A model server that repeats what it is told stands in for a real one.'),
      '',
      ...exchangeLines(made, palette),
      '',
      ...(await quotedLines(completions, palette)),
    ];
    return [heading('A model that never learns whom it talks about', palette), ...lines.map(indented), ''];
  } finally {
    await echo.stop();
  }
}
