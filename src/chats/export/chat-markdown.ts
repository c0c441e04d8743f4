import type { Chat } from '../chat.js';
import { type Message, type MessageRole, textOf } from '../messages/message.js';

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
  pages: AsyncIterable<readonly Message[]>,
): AsyncGenerator<string> {
  yield `# ${onOneLine(title)}\n`;
  for await (const page of pages) for (const message of page) yield markdownOf(message);
}

/** What is said stays as it is; calls of tools follow as JSON. */
export function markdownOf({ role, model, content, toolCalls, isComplete }: Message): string {
  const heading = `## ${NAMES[role]}${model === undefined ? '' : ` (${onOneLine(model)})`}`;
  const calls = (toolCalls ?? []).map((call) => fenced(JSON.stringify(call, undefined, 2)));
  const said = textOf(content).trim();
  const parts = [heading, said, ...calls, isComplete ? '' : '*The answer broke off.*'];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** Text in a fence that is longer than any within. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
