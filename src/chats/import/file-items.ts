import { isUtf8 } from 'node:buffer';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { platformError } from '../../platform/errors/app-error.js';
import { JsonBody } from '../../platform/http/json-body.js';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonSkimmer,
  OPEN_ARRAY,
  OPEN_OBJECT,
  StrayByte,
} from '../../platform/http/json-skimmer.js';
import { LIST_FORMAT } from '../export/chat-record.js';
import { MOST_CHAT_BYTES } from './imported-chat.js';

/** One value of a file that may be a conversation. */
export interface FileItem {
  /** From 0, in the order of the file. */
  readonly index: number;
  /** Undefined for one that is too large to be read. */
  readonly value: unknown;
}

/** What is read in one go, in bytes. */
const SMALL = 64 * 1024;

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * The conversations of a file, one after another, so that one at a time is in memory beside the file's bytes: the items of
 * a list, the lines of JSONL, the chats of a list of Redoubt's, or the one that is the file. Gives way to other work in between.
 */
export class FileItems {
  private readonly text: JsonSkimmer;
  private readonly slice = new TimeSlice();
  private readonly bytes: Buffer;
  private index = 0;

  /**
   * @param field what the file came as, for errors
   * @throws AppError VALIDATION_ERROR for what is no text
   */
  constructor(
    bytes: Buffer,
    private readonly field: string,
  ) {
    if (bytes.subarray(0, ZIP.length).equals(ZIP))
      throw this.invalid('The file is a ZIP archive. Unpack it, and send the conversations.json in it.');
    if (!isUtf8(bytes)) throw this.invalid('The file is not valid UTF-8.');
    this.bytes = bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
    this.text = new JsonSkimmer(this.bytes);
  }

  /** @throws AppError INVALID_JSON, naming the conversation at which the file stops being JSON */
  async *read(): AsyncGenerator<FileItem> {
    try {
      yield* this.values();
    } catch (error) {
      if (!(error instanceof StrayByte) && !(error instanceof SyntaxError)) throw error;
      throw this.invalid(
        `The file is not JSON, or breaks off, at its conversation ${this.index}, counted from 0.`,
      );
    }
  }

  private async *values(): AsyncGenerator<FileItem> {
    const { text } = this;
    text.skipSpace();
    if (text.isAtEnd) throw this.invalid('The file is empty.');
    if (text.next === OPEN_ARRAY) yield* this.list();
    else
      while (!text.isAtEnd) {
        if (text.next !== OPEN_OBJECT) throw new StrayByte();
        yield* this.record();
        text.skipSpace();
      }
    text.skipSpace();
    if (!text.isAtEnd) throw new StrayByte();
  }

  private async *list(): AsyncGenerator<FileItem> {
    const { text } = this;
    text.at += 1;
    text.skipSpace();
    if (text.next !== CLOSE_ARRAY)
      for (;;) {
        const start = text.at;
        text.skipValue(Number.POSITIVE_INFINITY);
        yield await this.item(start, text.at);
        text.skipSpace();
        if (text.next === CLOSE_ARRAY) break;
        text.skipComma();
      }
    text.at += 1;
  }

  /** An object: a conversation, or the list that an export of all chats is. */
  private async *record(): AsyncGenerator<FileItem> {
    const { text } = this;
    const start = text.at;
    let isList = false;
    let hasItems = false;
    text.at += 1;
    text.skipSpace();
    while (text.next !== CLOSE_OBJECT) {
      const name = text.at;
      const word = this.bytes.toString('utf8', name, text.skipName());
      const from = text.at;
      if (isList && word === '"chats"' && text.next === OPEN_ARRAY) {
        hasItems = true;
        yield* this.list();
      } else text.skipValue(Number.POSITIVE_INFINITY);
      const length = text.at - from;
      if (word === '"format"' && length < 100)
        isList = this.bytes.toString('utf8', from, text.at) === JSON.stringify(LIST_FORMAT);
      text.skipSpace();
      if (text.next !== CLOSE_OBJECT) text.skipComma();
    }
    text.at += 1;
    if (!hasItems) yield await this.item(start, text.at);
  }

  private async item(start: number, end: number): Promise<FileItem> {
    await this.slice.pause();
    const bytes = this.bytes.subarray(start, end);
    const isTooLarge = bytes.length > MOST_CHAT_BYTES;
    const value = isTooLarge
      ? undefined
      : bytes.length <= SMALL
        ? JSON.parse(bytes.toString('utf8'))
        : await new JsonBody(bytes).read();
    return { index: this.index++, value };
  }

  private invalid(message: string) {
    return platformError('INVALID_JSON', {
      message: `${message} Nothing was imported.`,
      details: { field: this.field, constraint: 'json' },
    });
  }
}

/** The same of what came as JSON in a request, and has been read. */
export async function* itemsOfValue(value: unknown): AsyncGenerator<FileItem> {
  const list = Array.isArray(value) ? value : chatsOf(value);
  const slice = new TimeSlice();
  for (const [index, item] of (list ?? [value]).entries()) {
    await slice.pause();
    yield { index, value: item };
  }
}

function chatsOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { format, chats } = value as { readonly format?: unknown; readonly chats?: unknown };
  return format === LIST_FORMAT && Array.isArray(chats) ? chats : undefined;
}
