/** One rule for names of variables, wherever they come from: what shells and every reader of `.env` files take. */
export const VARIABLE_KEY_PATTERN = '^[A-Za-z_][A-Za-z0-9_]*$';
export const VARIABLE_KEY = new RegExp(VARIABLE_KEY_PATTERN);
/** Characters. */
export const MAX_KEY = 255;
/** Bytes in UTF-8. */
export const MAX_VALUE_BYTES = 65_536;

export type VariableReason =
  | 'KEY_INVALID'
  | 'KEY_TOO_LONG'
  | 'VALUE_TOO_LARGE'
  | 'VALUE_HAS_NUL'
  | 'VALUE_NOT_TEXT';

/** Why a variable is not taken. */
export interface Refusal<Reason extends string = string> {
  readonly reason: Reason;
  /** Says what to change; never holds the value. */
  readonly message: string;
}

function refusalOfKey(key: string): Refusal<VariableReason> | undefined {
  if (key.length > MAX_KEY) {
    return { reason: 'KEY_TOO_LONG', message: `Shorten the key to ${MAX_KEY} characters or fewer.` };
  }
  if (VARIABLE_KEY.test(key)) return undefined;
  return {
    reason: 'KEY_INVALID',
    message: 'Name the variable by letters A to Z, digits and underscores only, not beginning with a digit.',
  };
}

/** UTF-8 has no bytes for half a surrogate pair, so such a value could not be given back as it was. */
export const isText = (value: string) => !/\p{Surrogate}/u.test(value);

/** @returns undefined for a variable that may be kept */
export function refusalOf(key: string, value: string): Refusal<VariableReason> | undefined {
  const ofKey = refusalOfKey(key);
  if (ofKey) return ofKey;
  if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
    return {
      reason: 'VALUE_TOO_LARGE',
      message: `Shorten the value to ${MAX_VALUE_BYTES} bytes of UTF-8 or fewer.`,
    };
  }
  if (value.includes('\0')) {
    return {
      reason: 'VALUE_HAS_NUL',
      message: 'Remove the NUL character from the value, or encode the value, for example in base64.',
    };
  }
  if (isText(value)) return undefined;
  return {
    reason: 'VALUE_NOT_TEXT',
    message:
      'The value is no Unicode text: remove the unpaired surrogate, or encode the value, for example in base64.',
  };
}
