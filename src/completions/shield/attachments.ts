import type { JsonObject } from '../json.js';

/** Parts of a message that hold nothing but text. */
const TEXTS = new Set(['text', 'refusal', 'input_text', 'output_text', 'reasoning', 'thinking']);
const CARRIERS = /image|audio|video|file|document|media|pdf|voice|photo|picture|attachment/i;

/** Whether a part of a message is an image, audio or a file: by what it says it is, or by what it has. */
export function isAttachment(part: JsonObject): boolean {
  const { type } = part;
  if (typeof type === 'string' && !TEXTS.has(type)) return true;
  return Object.keys(part).some((name) => name !== 'type' && carriesAttachment(name));
}

/** Whether a member of a message that the protocol does not know carries some. */
export const carriesAttachment = (name: string): boolean => CARRIERS.test(name);

/** Whether a request asks for spoken answers. */
export function isSpoken({ modalities }: JsonObject): boolean {
  return Array.isArray(modalities) && modalities.includes('audio');
}
