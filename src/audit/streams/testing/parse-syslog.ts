/** A syslog message, read by the grammar of RFC 5424 §6. */
export interface ParsedSyslog {
  readonly facility: number;
  readonly severity: number;
  readonly timestamp: string;
  readonly host: string;
  readonly app: string;
  readonly process: string;
  readonly event: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Whether it says that it is UTF-8 (§6.4). */
  readonly isMarked: boolean;
  readonly text: string;
}

const HEADER =
  /^<(\d{1,3})>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)) ([!-~]{1,255}) ([!-~]{1,48}) ([!-~]{1,128}) ([!-~]{1,32}) /;
const ID = /^\[([!#-<>-\\^-~]{1,32})/;
const PARAMETER = /^ ([!#-<>-\\^-~]{1,32})="((?:[^"\\\]]|\\["\\\]])*)"/;

/** @throws Error for what the grammar has no place for */
export function parseSyslog(message: string): ParsedSyslog {
  const header = HEADER.exec(message);
  if (!header) throw new Error(`no header: ${message}`);
  const [whole, priority = '', timestamp = '', host = '', app = '', process = '', event = ''] = header;
  let rest = message.slice(whole.length);
  const id = ID.exec(rest);
  if (!id || Number(priority) > 191) throw new Error(`no structured data: ${rest}`);
  rest = rest.slice(id[0].length);
  const fields: Record<string, string> = {};
  for (let found = PARAMETER.exec(rest); found; found = PARAMETER.exec(rest)) {
    fields[found[1] ?? ''] = (found[2] ?? '').replace(/\\(["\\\]])/g, '$1');
    rest = rest.slice(found[0].length);
  }
  if (!rest.startsWith('] ')) throw new Error(`the structured data has no end: ${rest}`);
  const isMarked = rest.startsWith('] \uFEFF');
  const text = rest.slice(isMarked ? 3 : 2);
  return {
    ...{ facility: Number(priority) >> 3, severity: Number(priority) & 7, timestamp, host, app, process },
    ...{ event, id: id[1] ?? '', fields, isMarked, text },
  };
}

/** Takes messages out of a stream by the lengths before them (RFC 6587 §3.4.1); the last may have come in part. */
export class OctetCounts {
  private waiting = Buffer.alloc(0);

  take(bytes: Buffer): string[] {
    this.waiting = Buffer.concat([this.waiting, bytes]);
    const messages: string[] = [];
    for (;;) {
      const space = this.waiting.indexOf(' ');
      const digits = this.waiting.subarray(0, Math.max(0, space)).toString();
      if (space > 0 && !/^[1-9]\d*$/.test(digits)) throw new Error(`no length: ${digits}`);
      const end = space + 1 + Number(digits);
      if (space < 0 || this.waiting.length < end) return messages;
      messages.push(this.waiting.subarray(space + 1, end).toString());
      this.waiting = this.waiting.subarray(end);
    }
  }
}
