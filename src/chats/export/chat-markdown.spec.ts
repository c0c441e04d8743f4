import type { Message } from '../messages/message.js';
import { markdownOf, markdownPieces } from './chat-markdown.js';

const MESSAGE: Message = {
  id: 'msg_1',
  chatId: 'chat_1',
  parentId: null,
  position: 1,
  role: 'user',
  isComplete: true,
  receiptId: null,
  createdAt: new Date(0),
  content: 'Hello *there*',
};

async function* pages(...messages: Message[]) {
  for (const message of messages) yield [message];
}

async function written(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('a chat as Markdown', () => {
  it('has its title on one line, and headings that say whose each message is', async () => {
    const answer: Message = { ...MESSAGE, role: 'assistant', model: 'm-1', content: 'Hi' };
    const text = await written(markdownPieces({ title: 'A\n# b' }, pages(MESSAGE, answer)));
    expect(text).toBe('# A # b\n\n## User\n\nHello *there*\n\n## Assistant (m-1)\n\nHi\n');
  });

  it('has calls of tools in fences that nothing in them ends', () => {
    const call = { function: { name: 'f', arguments: '````' } };
    const text = markdownOf({ ...MESSAGE, role: 'assistant', content: null, toolCalls: [call] });
    expect(text).toContain(`\n\`\`\`\`\`json\n${JSON.stringify(call, undefined, 2)}\n\`\`\`\`\`\n`);
  });

  it('tells an answer that broke off', () => {
    expect(markdownOf({ ...MESSAGE, isComplete: false })).toMatch(/there\*\n\n\*The answer broke off\.\*\n$/);
  });
});
