/** Turns a text into what the terminal shows; each keeps the text's characters. */
export interface Palette {
  bold(text: string): string;
  faint(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  /** Personal data of a type: its colour behind it. */
  exposed(text: string, type: string): string;
  /** What stands in its place: the same colour, as ink. */
  protected(text: string, type: string): string;
}

/** Colours of xterm's 256, of middling brightness: readable as ink on black and on white, and under black ink. */
const COLOURS: Readonly<Record<string, number>> = {
  PERSON_NAME: 170,
  EMAIL: 38,
  PHONE: 71,
  SSN: 203,
  CREDIT_CARD: 208,
  IBAN_CODE: 178,
  DATE_TIME: 75,
  DATE_OF_BIRTH: 111,
  API_KEY: 198,
};

const SPARE_COLOURS = [37, 107, 133, 137, 167, 172];

/** A type's colour number, the same in every run. */
export function colourOf(type: string): number {
  const known = COLOURS[type];
  if (known !== undefined) return known;
  const sum = [...type].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 65_521, 7);
  return SPARE_COLOURS[sum % SPARE_COLOURS.length] ?? 37;
}

const sgr =
  (codes: string) =>
  (text: string): string =>
    text === '' ? '' : `\u001b[${codes}m${text}\u001b[0m`;

const plain = (text: string): string => text;

/** A palette with colours, or one that leaves every text as it is. */
export function paletteOf(colours: boolean): Palette {
  if (!colours)
    return { bold: plain, faint: plain, good: plain, bad: plain, exposed: plain, protected: plain };
  return {
    bold: sgr('1'),
    faint: sgr('2'),
    good: sgr('32'),
    bad: sgr('31'),
    exposed: (text, type) => sgr(`38;5;16;48;5;${colourOf(type)}`)(text),
    protected: (text, type) => sgr(`1;38;5;${colourOf(type)}`)(text),
  };
}

/**
 * Whether to colour. `NO_COLOR` (no-color.org: any value that is not empty) and the setting switch colours off, before
 * `FORCE_COLOR` (any value but 0 and false) switches them on; else a terminal that is not dumb has them.
 */
export function wantsColours(env: NodeJS.ProcessEnv, setting: boolean, isTerminal: boolean): boolean {
  if (env.NO_COLOR || !setting) return false;
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR);
  return isTerminal && env.TERM !== 'dumb';
}
