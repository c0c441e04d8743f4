/** What other systems export, as small as it can be and still have what is particular about them. */
export const CHATGPT = {
  title: 'Brake pads',
  create_time: 1742034600.5,
  update_time: 1742034700,
  conversation_id: 'c-1',
  current_node: 'again',
  mapping: {
    root: { id: 'root', message: null, parent: null, children: ['system'] },
    system: {
      id: 'system',
      parent: 'root',
      children: ['asked'],
      message: {
        author: { role: 'system' },
        content: { content_type: 'text', parts: ['Be brief.'] },
        metadata: { is_visually_hidden_from_conversation: true },
      },
    },
    // Before what it follows: a mapping has no order.
    again: {
      id: 'again',
      parent: 'asked',
      children: [],
      message: {
        author: { role: 'assistant' },
        create_time: 1742034650,
        content: { content_type: 'text', parts: ['Ceramic ones.'] },
        metadata: { model_slug: 'gpt-4o' },
      },
    },
    asked: {
      id: 'asked',
      parent: 'system',
      children: ['call', 'again'],
      message: {
        author: { role: 'user' },
        create_time: 1742034601,
        content: {
          content_type: 'multimodal_text',
          parts: [
            { content_type: 'image_asset_pointer', asset_pointer: 'file-service://x' },
            'Which pads fit?',
          ],
        },
      },
    },
    call: {
      id: 'call',
      parent: 'asked',
      children: ['output'],
      message: {
        author: { role: 'assistant' },
        recipient: 'python',
        create_time: 1742034602,
        content: { content_type: 'code', language: 'python', text: 'pads()' },
      },
    },
    output: {
      id: 'output',
      parent: 'call',
      children: [],
      message: {
        author: { role: 'tool', name: 'python' },
        create_time: 1742034603,
        content: { content_type: 'execution_output', text: 'ceramic' },
      },
    },
  },
};

export const OPEN_WEBUI = {
  id: 'o-1',
  user_id: 'u-1',
  title: 'Pads',
  archived: true,
  created_at: 1742034600,
  updated_at: 1742034700,
  meta: { tags: ['cars'] },
  chat: {
    title: 'Pads',
    timestamp: 1742034600000,
    models: ['llama3'],
    history: {
      currentId: 'b2',
      messages: {
        a: {
          id: 'a',
          parentId: null,
          childrenIds: ['b1', 'b2'],
          role: 'user',
          content: 'Which pads?',
          timestamp: 1742034601,
          models: ['llama3'],
          files: [{ type: 'image', url: 'data:image/png;base64,AAAA' }],
        },
        b1: {
          id: 'b1',
          parentId: 'a',
          role: 'assistant',
          content: 'These.',
          model: 'llama3',
          timestamp: 1742034602,
          done: true,
        },
        b2: {
          id: 'b2',
          parentId: 'a',
          role: 'assistant',
          content: 'Those.',
          model: 'llama3',
          timestamp: 1742034603,
          done: false,
        },
      },
    },
  },
};

export const RECORD = {
  format: 'redoubt.chat',
  version: 1,
  chat: {
    id: 'chat_01k9zq3v8x6m2n4p5r7s9t0w1y',
    title: 'Pads',
    model: 'local-extractive',
    project_id: null,
    archived: false,
    current_message_id: 'm2',
    created_at: '2025-03-15T10:30:00.000Z',
    updated_at: '2025-03-15T10:35:00.000Z',
  },
  messages: [
    {
      id: 'm1',
      parent_id: null,
      role: 'user',
      content: [{ type: 'text', text: 'Which?' }],
      model: null,
      complete: true,
      receipt_id: null,
      created_at: '2025-03-15T10:30:00.000Z',
    },
    {
      id: 'm2',
      parent_id: 'm1',
      role: 'assistant',
      content: 'These.',
      citations: [{ text: 'These', start: 0 }],
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      model: 'm',
      complete: false,
      receipt_id: 'rcpt_1',
      created_at: '2025-03-15T10:31:00.000Z',
    },
  ],
};
