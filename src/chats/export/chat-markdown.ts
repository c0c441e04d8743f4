import type { JsonObject } from '../../completions/index.js';
import type { Chat } from '../chat.js';
import { type Message, type MessageRole, textOf } from '../messages/message.js';
import type { ReadableMessages } from '../opened-chats.service.js';

const NAMES: Readonly<Record<MessageRole, string>> = {
  system: 'System',
  developer: 'Developer',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool',
};

/** A chat as Markdown, piece by piece: its title, and each message under a heading that says whose it is. */
export async function* markdownPieces(
  { title }: Pick<Chat, 'title'>,
  pages: AsyncIterable<ReadableMessages>,
): AsyncGenerator<string> {
  yield `# ${onOneLine(title)}\n`;
  let unreadable = 0;
  for await (const page of pages) {
    unreadable += page.unreadable;
    for (const message of page.messages) yield markdownOf(message);
  }
  if (unreadable > 0) yield `\n*Of this branch ${unreadable} of the messages cannot be read.*\n`;
}

/** What is said stays as it is; calls of tools follow as JSON, and what an answer draws from as footnotes. */
export function markdownOf({
  role,
  model,
  content,
  toolCalls,
  citations,
  isComplete,
  position,
}: Message): string {
  const heading = `## ${NAMES[role]}${model === undefined ? '' : ` (${onOneLine(model)})`}`;
  const calls = (toolCalls ?? []).map((call) => fenced(JSON.stringify(call, undefined, 2)));
  const said = textOf(content).trim();
  const brokeOff = isComplete ? '' : '*The answer broke off.*';
  const parts = [heading, said, ...calls, brokeOff, ...footnotes(citations ?? [], position)];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Their marks, and each with its place and what stands there; labels are those of one file, so the message's position is in them. */
function footnotes(citations: readonly JsonObject[], position: number): string[] {
  if (citations.length === 0) return [];
  const labels = citations.map((_, at) => `[^${position}-${at + 1}]`);
  const notes = citations.map((citation, at) => `${labels[at]}: ${onOneLine(noteOf(citation))}`);
  return [`Sources: ${labels.join(' ')}`, notes.join('\n')];
}

function noteOf({ index, filename, document_id, message, page, start, end, text }: JsonObject): string {
  const place = [
    ...(typeof index === 'number' ? [`[${index}]`] : []),
    typeof filename === 'string' ? `${filename} (${document_id})` : `message ${message} of what was asked`,
    ...(typeof page === 'number' ? [`page ${page}`] : []),
    `characters ${start} to ${end}`,
  ];
  return `${place.join(', ')}: “${text}”`;
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Text in a fence that is longer than any within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
