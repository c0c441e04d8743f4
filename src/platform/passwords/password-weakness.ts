const SUBSTITUTES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Small letters, and letters in place of the signs that people write for them. */
function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[@431!0$57]/g, (sign) => SUBSTITUTES[sign] ?? sign);
}

/** What people choose most, or build upon, folded as {@link fold} does. */
const COMMON = new Set(
  `password passwort qwerty qwertz azerty welcome willkommen letmein iloveyou sunshine princess football
   baseball basketball superman batman spiderman starwars pokemon dragon monkey shadow master michael jennifer jordan
   hunter buster soccer hockey killer charlie freedom whatever trustno computer internet samsung google facebook
   admin administrator root user guest test testing demo example sample default changeme change secret topsecret login
   access private secure security company office project projects document documents redoubt hello hallo bonjour
   summer winter spring autumn sommer herbst january monday sunday london berlin america flower chocolate cookie
   mustang ferrari mercedes liverpool arsenal chelsea`
    .split(/\s+/)
    .map((word) => fold(word)),
);

/** Rows of keyboards, and what else is typed by going along. */
const ROWS = ['qwertyuiop', 'qwertzuiop', 'azertyuiop', 'asdfghjkl', 'yxcvbnm', 'zxcvbnm', '1qaz2wsx3edc'];

/** Least distinct characters of a password that is no pattern. */
const MIN_DISTINCT = 5;
/** A run of this many neighbours is a sequence. */
const MIN_RUN = 4;
/** Shortest name whose use in a password is reported: shorter ones occur by chance. */
const MIN_NAME = 4;

/** Digits and signs before or after a word. */
const AROUND = [/(?!)/, /^[^\p{L}]+/u, /[^\p{L}]+$/u, /^[^\p{L}]+|[^\p{L}]+$/gu];

/** Whether it is a word of the list, alone or with what people put around one to make it a password. */
const isCommon = (password: string): boolean =>
  AROUND.some((around) => COMMON.has(fold(password.replace(around, ''))));

const isRepeated = (password: string): boolean => /^(.{1,16}?)\1+$/su.test(password);

/** How many characters belong to runs of neighbours, such as `abcd`, `4321` or `asdf`. */
function sequential(text: string): number {
  const characters = [...text];
  const follows = (step: number) => (index: number) => {
    const [a = '', b = ''] = [characters[index - 1], characters[index]];
    const onRow = ROWS.some((row) => row.includes(step > 0 ? a + b : b + a));
    return onRow || (b.codePointAt(0) ?? 0) - (a.codePointAt(0) ?? 0) === step;
  };
  return Math.max(...[1, -1].map((step) => inRuns(characters.length, follows(step))));
}

function inRuns(length: number, follows: (index: number) => boolean): number {
  let [total, run] = [0, 1];
  for (let index = 1; index <= length; index += 1) {
    if (index < length && follows(index)) run += 1;
    else {
      if (run >= MIN_RUN) total += run;
      run = 1;
    }
  }
  return total;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
const letters = (text: string): string => plain(fold(text));

/** Something that others know of whoever chose the password. */
export interface Familiar {
  readonly text: string;
  /** What it is, in a sentence: `the project's name`. */
  readonly what: string;
  /** Whether it may not even be a part of the password; else only what people put around it may be left. */
  readonly anywhere?: boolean;
}

function uses(password: string, { text, anywhere }: Familiar): boolean {
  const wanted = letters(text);
  if (wanted.length < MIN_NAME) return false;
  if (anywhere) return letters(password).includes(wanted);
  const around = AROUND.map((signs) => letters(password.replace(signs, '')));
  return [...around, letters(password)].includes(wanted) || plain(password) === plain(text);
}

/**
 * Why a password is easily guessed, as sentences for whoever chose it; none when nothing speaks against it. It looks
 * for what attackers try first, and says nothing of how strong a password is.
 */
export function weaknessesOf(password: string, familiar: readonly Familiar[]): string[] {
  const text = password.toLowerCase();
  const found: (readonly [is: boolean, warning: string])[] = [
    [isCommon(password), 'It is among the passwords that are tried first.'],
    ...familiar.map((known) => [uses(password, known), `It has ${known.what} in it.`] as const),
    [isRepeated(text), 'It repeats itself.'],
    [sequential(text) * 2 >= [...text].length, 'It is mostly a sequence, such as 1234 or qwerty.'],
    [new Set(text).size < MIN_DISTINCT, `It has fewer than ${MIN_DISTINCT} different characters.`],
  ];
  return found.filter(([is]) => is).map(([, warning]) => warning);
}
