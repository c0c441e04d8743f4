const MONTHS: readonly string[] = [
  'january jan januar jänner janvier enero gennaio janeiro januari styczeń stycznia',
  'february feb februar février fevrier febrero febbraio fevereiro februari luty lutego',
  'march mar mrz märz maerz mars marzo março marco maart marzec marca',
  'april apr avril abril aprile kwiecień kwietnia',
  'may mai mayo maggio maio mei maj maja',
  'june jun juni juin junio giugno junho czerwiec czerwca',
  'july jul juli juillet julio luglio julho lipiec lipca',
  'august aug août aout agosto augustus sierpień sierpnia',
  'september sep sept septembre septiembre settembre setembro wrzesień września',
  'october oct oktober okt octobre octubre ottobre outubro październik października',
  'november nov novembre noviembre novembro listopad listopada',
  'december dec dezember dez décembre decembre diciembre dicembre dezembro december grudzień grudnia',
];

const MONTH_NUMBERS = new Map(
  MONTHS.flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);

const WEEKDAYS = new Set(
  `monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
   sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
   lunedì martedì mercoledì giovedì venerdì sabato domenica`.split(/\s+/),
);

/** 1 to 12 for a month's name or abbreviation in nine European languages, lower-cased. */
export function monthNumber(word: string): number | undefined {
  return MONTH_NUMBERS.get(word);
}

export function isWeekday(word: string): boolean {
  return WEEKDAYS.has(word);
}

/** Gregorian calendar; without a year 29 February exists. */
export function isDayOfMonth(day: number, month: number, year = 2000): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

/** A year that dates in documents are likely to have. */
export function isPlausibleYear(year: number): boolean {
  return year >= 1800 && year <= 2199;
}
