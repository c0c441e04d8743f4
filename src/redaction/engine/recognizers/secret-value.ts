import { isSpace } from '../characters.js';
import { entropyPerCharacter } from '../validators/entropy.js';

/** The value of an assignment: where it lies and whether it was quoted. */
export interface SecretValue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly quoted: boolean;
}

const LONGEST = 512;
const NEXT_PARAMETER = /&(?:amp;)?[\w.-]{1,64}=/y;
const ENDS_BARE = new Set([...`"'\`,;<>(){}[]|`].map((sign) => sign.charCodeAt(0)));

/** What programs and documents write where a secret would stand. */
const PLACEHOLDERS = new Set(
  `null nil none undefined true false yes no string str text number required optional hidden redacted masked example
   placeholder unset empty default n/a na tbd invalid incorrect wrong missing expired reset changed varchar char
   protected private public enabled disabled bearer basic`.split(/\s+/),
);
const PLACEHOLDER_FORM =
  /^(?:[$%]?[{(<[]|\$$|\$[A-Z_a-z]|%[A-Z_]+%|[*•.xX_#-]+$|(?:your|my|the|insert|enter|some)[_-]|\[?redacted|process\.env|os\.|env\[|getenv|ENC\[)/i;
const CODE_ROOT =
  /^(?:self|this|req|request|process|os|config|settings|env|args|params|user|data|options|opts|body|props|ctx|event|form|cfg|session|response|res|state|secrets|vars|local|var|module|input|credentials)\./;

/** Reads the value from `at`, behind the sign of an assignment. */
export function readSecretValue(text: string, at: number): SecretValue | undefined {
  let start = at;
  while (start < at + 3 && (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9)) start++;
  const escaped = text.charCodeAt(start) === 92 && text.charCodeAt(start + 1) === 34;
  if (escaped) start++;
  const first = text.charAt(start);
  if (first === '"' || first === "'" || first === '`') return quotedValue(text, start + 1, first, escaped);
  const end = bareEnd(text, start);
  return end > start ? { start, end, text: text.slice(start, end), quoted: false } : undefined;
}

function quotedValue(text: string, start: number, quote: string, escaped: boolean): SecretValue | undefined {
  const limit = Math.min(text.length, start + LONGEST);
  for (let end = start; end < limit; end++) {
    const character = text.charAt(end);
    if (character === '\n') return undefined;
    if (character === quote) {
      const stop = escaped && text.charAt(end - 1) === '\\' ? end - 1 : end;
      return stop > start ? { start, end: stop, text: text.slice(start, stop), quoted: true } : undefined;
    }
    if (character === '\\' && !escaped) end++;
  }
  return undefined;
}

function bareEnd(text: string, start: number): number {
  let end = start;
  const limit = Math.min(text.length, start + LONGEST);
  while (end < limit && !isSpace(text.charCodeAt(end)) && !ENDS_BARE.has(text.charCodeAt(end))) {
    if (text.charCodeAt(end) === 38 && beginsParameter(text, end)) break;
    end++;
  }
  while (end > start && '.:!?'.includes(text.charAt(end - 1)) && endsSentence(text, end)) end--;
  return end;
}

/** `&name=` in a query: the value ends there, while passwords have `&` like any other sign. */
function beginsParameter(text: string, at: number): boolean {
  NEXT_PARAMETER.lastIndex = at;
  return NEXT_PARAMETER.test(text);
}

function endsSentence(text: string, end: number): boolean {
  return end >= text.length || isSpace(text.charCodeAt(end)) || text.charCodeAt(end) === 46;
}

/** A stand-in for a secret rather than one: `null`, `${PASSWORD}`, `<your key>`, `********`. */
export function isPlaceholder({ text, quoted }: SecretValue): boolean {
  if (/^\$2[aby]?\$/.test(text)) return false;
  return (
    PLACEHOLDERS.has(text.toLowerCase()) || PLACEHOLDER_FORM.test(text) || (!quoted && CODE_ROOT.test(text))
  );
}

/** A call or an index follows a bare value, so that it is source code. */
export function isCode(text: string, { end, quoted }: SecretValue): boolean {
  return !quoted && (text.charAt(end) === '(' || text.charAt(end) === '[');
}

/** Long, mixed and hard to guess: at least three bits per character over sixteen or more. */
export function looksGenerated(text: string): boolean {
  if (text.length < 16 || !/^[A-Za-z0-9+/=_.~:%-]+$/.test(text)) return false;
  return /\d/.test(text) && /[A-Za-z]/.test(text) && entropyPerCharacter(text) >= 3;
}
