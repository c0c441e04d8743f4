import type { SealedTextColumn } from '../../platform/erasure/sealed-texts.js';

const BY_VERSION = { key: 'id', place: { id: 'id', version: 'version' } } as const;

/** What people wrote in chats, and for them. */
export const CHAT_TEXTS: readonly SealedTextColumn[] = [
  {
    ...{ kind: 'chats', table: 'chats', column: 'head_sealed', key: 'id', format: 'json', effect: 'blank' },
    place: { id: 'id', version: 'head_version' },
    project: 'project_id',
  },
  {
    ...{ kind: 'chat_messages', table: 'chat_messages', column: 'body_sealed', key: 'id' },
    ...{ format: 'json', effect: 'blank' },
    place: { id: "chat_id || '/' || id", version: '1' },
    project: 'SELECT c.project_id FROM chats c WHERE c.id = chat_messages.chat_id',
  },
  {
    ...{ kind: 'prompts', table: 'prompts', column: 'texts_sealed' },
    ...BY_VERSION,
    format: 'json',
    effect: 'blank',
  },
  {
    ...{ kind: 'assistants', table: 'assistants', column: 'texts_sealed' },
    ...{ ...BY_VERSION, format: 'json', effect: 'blank' },
  },
  {
    ...{ kind: 'tools', table: 'tools', column: 'content_sealed' },
    ...BY_VERSION,
    format: 'json',
    effect: 'blank',
  },
];
