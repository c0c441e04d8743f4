/**
 * What a value's labels say, worked out once per distinct set of labels. The first label is the value's own key or
 * column, those after it its words and the keys above it.
 */
export interface LabelContext {
  /** Lower-cased words of all labels, in the labels' order. */
  readonly words: readonly string[];
  /** The value is a person's name, or a part of one. */
  readonly person: boolean;
  /** The value is a password, a secret or a token. */
  readonly password: boolean;
  /** Engine types that most cells of the value's column are of. */
  readonly votes: ReadonlySet<string>;
}

const NO_LABELS: LabelContext = { words: [], person: false, password: false, votes: new Set() };
const CACHE_SIZE = 1_000;

const PERSON_WORDS = new Set(
  `firstname lastname fullname surname forename givenname familyname middlename maidenname patientname customername
   employeename contactname cardholder nachname vorname nombre apellido apellidos prenom prénom cognome
   imię nazwisko voornaam achternaam`.split(/\s+/),
);
const NAME_QUALIFIERS = new Set(
  `first last full given family middle maiden legal birth patient customer employee contact person client member
   student teacher owner author holder sender recipient applicant beneficiary guardian parent spouse doctor user
   billing shipping account cardholder`.split(/\s+/),
);
const NOT_A_PERSONS_NAME = new Set(
  `file host domain product company event table column field display package class method function module branch
   project organization organisation org brand city country state street database schema bucket image container
   server service app application device model group role team category tag template variable key type school
   bank plan color colour font icon job queue topic node cluster namespace repo repository screen nick id`.split(
    /\s+/,
  ),
);
const PASSWORD_WORDS = new Set(
  'password passwd pwd passphrase passcode passwort kennwort contraseña senha motdepasse secret token'.split(
    ' ',
  ),
);

const cache = new Map<string, LabelContext>();

/** Reads labels such as `full_name`, `dateOfBirth` or `API-Key`, and the votes of a column. */
export function labelContext(labels: readonly string[], votes: readonly string[] = []): LabelContext {
  if (labels.length === 0 && votes.length === 0) return NO_LABELS;
  const key = `${labels.join('\u0000')}\u0001${votes.join('\u0000')}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const context = { ...readLabels(labels), votes: new Set(votes) };
  cache.set(key, context);
  return context;
}

function readLabels(labels: readonly string[]): Omit<LabelContext, 'votes'> {
  const nearest = labelWords(labels[0] ?? '');
  const all = labels.flatMap(labelWords);
  return {
    words: [...new Set([...nearest, nearest.join(''), ...all])],
    person: isPersonLabel(nearest, all),
    password: isPasswordLabel(nearest),
  };
}

/** `surname`, `full_name`, `name`; not `file_name`, nor `name` inside a `product`. */
function isPersonLabel(nearest: readonly string[], all: readonly string[]): boolean {
  if (nearest.some((word) => PERSON_WORDS.has(word)) || PERSON_WORDS.has(nearest.join(''))) return true;
  if (!nearest.includes('name') && !nearest.includes('names')) return false;
  if (nearest.some((word) => NOT_A_PERSONS_NAME.has(word) || word === 'user')) return false;
  if (nearest.some((word) => NAME_QUALIFIERS.has(word))) return true;
  return nearest.length === 1 && !all.some((word) => NOT_A_PERSONS_NAME.has(word));
}

/** The last word decides: `db_password`, not `password_policy`. */
function isPasswordLabel(nearest: readonly string[]): boolean {
  return PASSWORD_WORDS.has(nearest.at(-1) ?? '') || PASSWORD_WORDS.has(nearest.join(''));
}

/** Words of one label: split at case changes, signs and spaces, lower-cased. */
export function labelWords(label: string): string[] {
  return label
    .slice(0, 200)
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}
