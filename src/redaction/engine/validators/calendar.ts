/** Names, cases and abbreviations in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish. */
const MONTHS: readonly string[] = [
  'january jan januar jänner jän janvier janv enero ene gennaio janeiro januari styczeń stycznia',
  'february feb februar februari février fevrier févr fév febrero febbraio fevereiro fev luty lutego',
  'march mar mrz märz mär maerz mars marzo março marco maart mrt marzec marca',
  'april apr avril avr abril abr aprile kwiecień kwietnia kwi',
  'may mai mayo maggio maio mei maj maja',
  'june jun juni juin junio giugno giu junho czerwiec czerwca cze',
  'july jul juli juillet juil julio luglio lug julho lipiec lipca',
  'august aug août aout agosto augustus sierpień sierpnia',
  'september sep sept septembre septiembre settembre setembro wrzesień września wrz',
  'october oct oktober okt octobre octubre ottobre ott outubro październik października paź',
  'november nov novembre noviembre novembro listopad listopada',
  'december dec dezember dez décembre decembre déc diciembre dicembre dic dezembro grudzień grudnia gru',
];

/** Abbreviations that are words in other languages, or close to: a day and a year must stand around them. */
const DOUBTFUL_MONTHS: readonly string[] = [
  'gen sty',
  'lut',
  '',
  '',
  'mag',
  '',
  'lip',
  'ago sie',
  'set',
  'out',
  'lis',
  '',
];

const numbersOf = (months: readonly string[]): Map<string, number> =>
  new Map(
    months.flatMap((names, index) =>
      names
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => [name, index + 1] as const),
    ),
  );

const MONTH_NUMBERS = numbersOf(MONTHS);
const DOUBTFUL_NUMBERS = numbersOf(DOUBTFUL_MONTHS);

const WEEKDAYS = new Set(
  `monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
   sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado
   domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag
   zondag segunda-feira terça-feira quarta-feira quinta-feira sexta-feira poniedziałek wtorek środa środę czwartek
   piątek sobota sobotę niedziela niedzielę`.split(/\s+/),
);

/** 1 to 12 for a month's name or abbreviation in eight European languages, lower-cased. */
export function monthNumber(word: string): number | undefined {
  return MONTH_NUMBERS.get(word);
}

/** As `monthNumber`, for what is a month only between a day and a year. */
export function doubtfulMonthNumber(word: string): number | undefined {
  return DOUBTFUL_NUMBERS.get(word);
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
