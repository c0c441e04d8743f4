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
  for (const message of messages) yield { messages: [message], unreadable: 0 };
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

  it('has what an answer draws from as footnotes, whose marks are those of their message alone', () => {
    const place = { document_id: 'doc_1', filename: 'pads.md', start: 3, end: 9 };
    const citations = [
      { ...place, index: 2, page: 4, text: 'Two\nlines' },
      { message: 0, start: 0, end: 5, text: 'Hello', score: 1 },
    ];
    const text = markdownOf({ ...MESSAGE, role: 'assistant', position: 6, content: 'See [2].', citations });
    expect(text).toBe(`
## Assistant

See [2].

Sources: [^6-1] [^6-2]

[^6-1]: [2], pads.md (doc_1), page 4, characters 3 to 9: “Two lines”
[^6-2]: message 0 of what was asked, characters 0 to 5: “Hello”
`);
  });

  it('tells an answer that broke off', () => {
    expect(markdownOf({ ...MESSAGE, isComplete: false })).toMatch(/there\*\n\n\*The answer broke off\.\*\n$/);
  });
});
