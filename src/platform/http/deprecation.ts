/** That an operation will go. Dates are whole days in UTC, `2026-06-01`. */
export interface Deprecation {
  readonly since: string;
  /** From when on it may be gone: six months after `since` at the earliest. */
  readonly sunset: string;
  /** Path of what takes its place, as clients call it. */
  readonly successor?: string;
}

/** How long whatever is deprecated stays, in months. */
const NOTICE_MONTHS = 6;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayOf(id: string, text: string): Date {
  const day = new Date(`${text}T00:00:00.000Z`);
  if (DAY.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return day;
  throw new Error(`${id} is deprecated by ${JSON.stringify(text)}, which is no day such as 2026-06-01`);
}

/** So many months later; the last day of a month that has no such day. */
function monthsLater(day: Date, months: number): Date {
  const later = new Date(day);
  later.setUTCMonth(day.getUTCMonth() + months);
  // 31 August and six months would be 3 March: day 0 is the last of the month before.
  if (later.getUTCDate() !== day.getUTCDate()) later.setUTCDate(0);
  return later;
}

/** @throws Error, and so no start, when an operation would go earlier than six months after its deprecation */
export function checkedDeprecation(id: string, deprecation: Deprecation): Deprecation {
  const [since, sunset] = [dayOf(id, deprecation.since), dayOf(id, deprecation.sunset)];
  if (sunset >= monthsLater(since, NOTICE_MONTHS)) return deprecation;
  throw new Error(`${id} must stay for ${NOTICE_MONTHS} months after it is deprecated`);
}

/**
 * What its answers carry: `Deprecation` as a structured date (RFC 9745), `Sunset` as an HTTP date (RFC 8594), and links to
 * what to read and to what takes its place.
 */
export function deprecationHeaders(
  { since, sunset, successor }: Deprecation,
  baseUrl: string,
): Readonly<Record<'deprecation' | 'sunset' | 'link', string>> {
  const links = [
    `<${baseUrl}/docs>; rel="deprecation"; type="text/html"`,
    ...(successor ? [`<${baseUrl}${successor}>; rel="successor-version"`] : []),
  ];
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    link: links.join(', '),
  };
}
