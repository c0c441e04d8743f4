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
  /** The nearest label says that it is a thing or a place that is named. */
  readonly thing: boolean;
}

const NO_LABELS: LabelContext = { words: [], person: false, password: false, votes: new Set(), thing: false };
const CACHE_SIZE = 1_000;

/** Keys that name a person by themselves, and what is left of longer ones when their words are joined. */
const PERSON_WORDS = new Set(
  `firstname lastname fullname surname forename givenname familyname middlename maidenname patientname customername
   employeename contactname cardholder fname lname
   nachname vorname familienname geburtsname rufname zuname vollername karteninhaber
   prénom prenom nomdefamille nomcomplet patronyme titulaire
   nombrecompleto apellido apellidos primernombre nombreyapellidos
   cognome nomecognome nomecompleto intestatario
   voornaam achternaam familienaam tussenvoegsel volledigenaam roepnaam
   sobrenome apelido primeironome titular
   imię imie nazwisko imięinazwisko imieinazwisko`.split(/\s+/),
);
/** Words for a name of anything. */
const NAME_WORDS: readonly string[] = 'name names nom noms nombre nome naam namen'.split(' ');
const NAME_PARTS = new Set(
  'first last given family middle full maiden value text display formal primero segundo premier'.split(' '),
);
const NAME_QUALIFIERS = new Set(
  `first last full given family middle maiden legal birth patient customer employee contact person client member
   student teacher owner author holder sender recipient applicant beneficiary guardian parent spouse doctor user
   billing shipping account cardholder
   kunde kunden mitarbeiter inhaber ansprechpartner empfänger absender vertreter
   complet famille jeune fille salarié employé destinataire expéditeur
   completo cliente paciente empleado titular padre madre contacto primer segundo
   paziente dipendente destinatario mittente
   volledige klant patiënt medewerker ontvanger afzender
   funcionário empregado remetente destinatário`.split(/\s+/),
);
const NOT_A_PERSONS_NAME = new Set(
  `file host domain product company event table column field display package class method function module branch
   project organization organisation org brand city country state street database schema bucket image container
   server service app application device model group role team category tag template variable key type school
   bank plan color colour font icon job queue topic node cluster namespace repo repository screen nick id
   datei firma produkt firmen unternehmen stadt ort land straße strasse gruppe verein benutzer
   fichier entreprise société produit ville pays rue utilisateur
   archivo empresa producto ciudad país calle usuario
   azienda prodotto città paese via utente
   bestand bedrijf stad straat gebruiker
   arquivo ficheiro produto cidade rua usuário utilizador
   plik miasto ulica użytkownik`.split(/\s+/),
);
/** Of these words, those that say nothing of what stands under them: `field_1`, `custom_column`. */
const ANYTHING = new Set('table column field display variable key type template tag category id'.split(' '));
/** What a login is called: no name of a person, whoever's it is. */
const LOGIN_WORDS = new Set(
  'user usuario utente gebruiker utilisateur benutzer utilizador usuário'.split(' '),
);
const PASSWORD_WORDS = new Set(
  `password passwd pwd passphrase passcode passwort kennwort contraseña contrasena senha motdepasse palavrapasse
   wachtwoord hasło haslo secret token`.split(/\s+/),
);

/** What passwords and their like are called, lower-cased. */
export const isPasswordWord = (word: string): boolean => PASSWORD_WORDS.has(word);

const cache = new Map<string, LabelContext>();
/** Of labels and votes that many values share. */
const shared = new WeakMap<
  readonly string[],
  { votes: readonly string[] | undefined; context: LabelContext }
>();

/** Reads labels such as `full_name`, `dateOfBirth` or `API-Key`, and the votes of a column. */
export function labelContext(labels: readonly string[], votes?: readonly string[]): LabelContext {
  if (labels.length === 0 && (votes === undefined || votes.length === 0)) return NO_LABELS;
  const same = shared.get(labels);
  if (same !== undefined && same.votes === votes) return same.context;
  const context = contextOf(labels, votes);
  shared.set(labels, { votes, context });
  return context;
}

function contextOf(labels: readonly string[], votes: readonly string[] = []): LabelContext {
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
    person: isPersonLabel(nearest, all) || isPartOfName(nearest, labelWords(labels[1] ?? ''), all),
    password: isPasswordLabel(nearest),
    thing: nearest.some((word) => NOT_A_PERSONS_NAME.has(word) && !ANYTHING.has(word)),
  };
}

/** `surname`, `full_name`, `name`; not `file_name`, nor `name` inside a `product`. */
function isPersonLabel(nearest: readonly string[], all: readonly string[]): boolean {
  if (nearest.some((word) => PERSON_WORDS.has(word)) || PERSON_WORDS.has(nearest.join(''))) return true;
  if (!nearest.some((word) => NAME_WORDS.includes(word))) return false;
  if (nearest.some((word) => NOT_A_PERSONS_NAME.has(word) || LOGIN_WORDS.has(word))) return false;
  if (nearest.some((word) => NAME_QUALIFIERS.has(word))) return true;
  return nearest.length === 1 && !all.some((word) => NOT_A_PERSONS_NAME.has(word));
}

/** `first` inside a `name`: `{"name": {"first": …, "last": …}}`. */
function isPartOfName(
  [part = '', ...more]: readonly string[],
  parent: readonly string[],
  all: readonly string[],
): boolean {
  if (more.length > 0 || !NAME_PARTS.has(part)) return false;
  return NAME_WORDS.includes(parent.at(-1) ?? '') && !all.some((word) => NOT_A_PERSONS_NAME.has(word));
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
