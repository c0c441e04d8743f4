import type { EgressAnswer } from '../../../platform/egress/egress-client.service.js';
import type { HiddenSecrets } from './hidden-secrets.js';

/** Longest answer that a model is told, in bytes. */
export const MOST_TOLD = 64 * 1024;
/** Read of an answer: more, so that secrets are found before it is cut. */
export const MOST_READ = 256 * 1024;

const IS_TEXT =
  /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:json|xml|yaml|x-yaml|javascript|graphql|x-ndjson|x-www-form-urlencoded))/i;

/** An answer's body without secrets, as far as it is told; undefined where it is no text. */
export function toldBody(
  { body, contentType, isCut }: EgressAnswer,
  secrets: HiddenSecrets,
): { text: string; isCut: boolean } | undefined {
  if (body.length > 0 && !isText(contentType, body)) return undefined;
  const text = body.toString('utf8').replaceAll('\0', '\uFFFD');
  const hidden = isCut ? secrets.hideCut(text) : secrets.hide(text);
  const told = Buffer.from(hidden);
  if (told.length <= MOST_TOLD) return { text: hidden, isCut };
  // The last character may be cut in two.
  return {
    text: told
      .subarray(0, MOST_TOLD)
      .toString('utf8')
      .replace(/\uFFFD$/, ''),
    isCut: true,
  };
}

/** What the model is told of an answer. */
export function answerWords(answer: EgressAnswer, secrets: HiddenSecrets): string {
  const { status, contentType, body } = answer;
  const told = toldBody(answer, secrets);
  const what = told
    ? told.text + (told.isCut ? '\n[The answer was longer and is cut off here.]' : '')
    : `[${body.length}${answer.isCut ? ' or more' : ''} bytes of ${secrets.hide(contentType ?? 'something')}, which cannot be shown]`;
  if (status >= 200 && status < 300) return what === '' ? `[The answer is empty: HTTP ${status}]` : what;
  if (status >= 300 && status < 400)
    return `The tool's server answered with a redirect (HTTP ${status}), which is not followed.`;
  return `The tool's server answered with an error: HTTP ${status}.${what === '' ? '' : `\n${what}`}`;
}

const isText = (contentType: string | undefined, body: Buffer): boolean =>
  contentType === undefined ? !body.includes(0) : IS_TEXT.test(contentType);
