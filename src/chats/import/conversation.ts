import { isObject, type JsonObject } from '../../completions/index.js';
import { isChatGpt, readChatGpt } from './formats/chatgpt.js';
import { isOpenWebUi, readOpenWebUi } from './formats/open-webui.js';
import { isRedoubtRecord, readRedoubtRecord } from './formats/redoubt-record.js';
import { type ImportedChat, ImportRefusal, type ImportSource } from './imported-chat.js';

interface Format {
  readonly isOf: (conversation: JsonObject) => boolean;
  readonly read: (conversation: JsonObject) => ImportedChat;
}

const FORMATS: Readonly<Record<ImportSource, Format>> = {
  redoubt: { isOf: isRedoubtRecord, read: readRedoubtRecord },
  chatgpt: { isOf: isChatGpt, read: readChatGpt },
  open_webui: { isOf: isOpenWebUi, read: readOpenWebUi },
};

const SOURCES = Object.keys(FORMATS) as ImportSource[];

/**
 * One conversation of a file, by what it looks like or as the format given has it.
 * @throws ImportRefusal
 */
export function readConversation(value: unknown, format: ImportSource | undefined): ImportedChat {
  if (!isObject(value)) throw new ImportRefusal('not_a_chat', '', 'It must be an object.');
  const source = format ?? SOURCES.find((known) => FORMATS[known].isOf(value));
  if (source && FORMATS[source].isOf(value)) return FORMATS[source].read(value);
  const names = format ?? SOURCES.join(', ');
  throw new ImportRefusal('not_a_chat', '', `It is no conversation of any format asked for: ${names}.`);
}
