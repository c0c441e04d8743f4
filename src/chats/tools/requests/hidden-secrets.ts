/** What stands in place of a secret in everything that is shown of a call. */
export const HIDDEN_SECRET = '[SECRET]';

/** A value as servers echo it: as it is, within JSON, in a URL, as a form, and in base64 wherever it begins there. */
function formsOf(value: string): string[] {
  const inUrl = encodeURIComponent(value);
  const inForm = new URLSearchParams([['', value]]).toString().slice(1);
  const forms = [value, value.trim(), JSON.stringify(value).slice(1, -1), inUrl, inUrl.toLowerCase(), inForm];
  return [...forms, ...(value.length >= SHORTEST_ENCODED ? encodedForms(value) : [])];
}

/** Of shorter values too little is left in base64 by which to tell them. */
const SHORTEST_ENCODED = 6;

function encodedForms(value: string): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    // Characters that hold bits of what stands beside the value are not its own.
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    const whole = padded.toString('base64').slice(first, last);
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Takes the values that were put into a request out of whatever comes of it. */
export class HiddenSecrets {
  private readonly forms: readonly string[];

  constructor(values: Iterable<string>) {
    const forms = [...values].flatMap(formsOf).filter((form) => form !== '');
    // A longer one may hold a shorter one.
    this.forms = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  get longest(): number {
    return this.forms[0]?.length ?? 0;
  }

  hide(text: string): string {
    let hidden = text;
    for (const form of this.forms) hidden = hidden.replaceAll(form, () => HIDDEN_SECRET);
    return hidden;
  }

  /** The same of a text that was cut off somewhere: its end may be the beginning of a secret. */
  hideCut(text: string): string {
    const hidden = this.hide(text);
    for (let length = Math.min(this.longest - 1, hidden.length); length > 0; length--) {
      const end = hidden.slice(-length);
      if (this.forms.some((form) => form.startsWith(end))) return hidden.slice(0, -length);
    }
    return hidden;
  }
}
