import type { AppError } from '../../platform/errors/app-error.js';
import { completionsError } from '../completions.errors.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';

const cannot = (field: string, what: string): AppError =>
  completionsError('MODEL_CANNOT', {
    message: `local-extractive quotes sentences of what it is given: it cannot ${what}. Leave '${field}' out, or choose another model.`,
    details: { field, constraint: 'capability' },
  });

const isFilled = (value: JsonValue | undefined): boolean => Array.isArray(value) && value.length > 0;
const isThere = (value: JsonValue | undefined): boolean => value !== undefined && value !== null;

interface Refusal {
  readonly field: string;
  readonly what: string;
  readonly isAsked: (value: JsonValue | undefined) => boolean;
}

const REFUSALS: readonly Refusal[] = [
  { field: 'tools', what: 'call tools', isAsked: isFilled },
  { field: 'functions', what: 'call functions', isAsked: isFilled },
  { field: 'tool_choice', what: 'call tools', isAsked: (value) => isThere(value) && !isFreeChoice(value) },
  {
    field: 'function_call',
    what: 'call functions',
    isAsked: (value) => isThere(value) && !isFreeChoice(value),
  },
  {
    field: 'response_format',
    what: 'write by a format',
    isAsked: (value) => isObject(value) && value.type !== 'text',
  },
  { field: 'n', what: 'answer in several ways', isAsked: (value) => typeof value === 'number' && value > 1 },
  { field: 'logprobs', what: 'say how likely its words are', isAsked: (value) => value === true },
  {
    field: 'modalities',
    what: 'speak',
    isAsked: (value) => Array.isArray(value) && value.some((modality) => modality !== 'text'),
  },
  { field: 'audio', what: 'speak', isAsked: isThere },
  { field: 'prediction', what: 'make use of a prediction', isAsked: isThere },
];

function isFreeChoice(value: JsonValue | undefined): boolean {
  return value === 'none' || value === 'auto';
}

/** Parts of a message that say something in words. */
const TEXT_PARTS: readonly JsonValue[] = ['text', 'refusal'];

function refuseParts(content: JsonValue | undefined, message: number): void {
  if (!Array.isArray(content)) return;
  for (const [part, value] of content.entries())
    if (isObject(value) && !TEXT_PARTS.includes(value.type ?? 'text'))
      throw cannot(`messages[${message}].content[${part}]`, 'see images, hear audio or read files');
}

/** @throws AppError MODEL_CANNOT, naming the first field that asks for what quoting sentences cannot do */
export function refuseTheImpossible(body: JsonObject): void {
  for (const { field, what, isAsked } of REFUSALS) if (isAsked(body[field])) throw cannot(field, what);
  const messages = Array.isArray(body.messages) ? body.messages : [];
  for (const [index, message] of messages.entries())
    if (isObject(message)) refuseParts(message.content, index);
}
