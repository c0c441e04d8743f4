/** A type that a label directly before the value tells, or its key or column, whatever form the value has. */
export interface LabelRule {
  readonly type: string;
  /** Ends directly before the value. */
  readonly label: RegExp;
  /** Keys and columns, their words joined. */
  readonly keys: ReadonlySet<string>;
  /** Fewest characters of a value. */
  readonly shortest: number;
  /** One of these is in every label: only beside them the label is looked for. */
  readonly words: readonly string[];
}

const NUMBER = '(?:[ _-]?(?:ids?|no|nos|nrs?|num|numbers?|nummer|identifier|code|#))';
const BEHIND = String.raw`\.?\s{0,2}(?:(?:is|was|lautet|ist|:|#|=|-|→)\s{0,2}){0,3}["'«„“([]?$`;

const label = (words: string): RegExp => new RegExp(`(?<![\\p{L}\\d])(?:${words})${BEHIND}`, 'iu');
const list = (words: string): string[] => words.split(/\s+/);

export const LABELS: readonly LabelRule[] = [
  {
    type: 'MEDICAL_RECORD_NUMBER',
    label: label(
      `mrns?${NUMBER}?|(?:medical|health|med\\.?)[ _-]?rec(?:ord)?s?\\.?${NUMBER}?|(?:patient|chart|hospital|encounter)(?:'?s)?${NUMBER}|(?:patienten|fall|akten|krankenakten|aufnahme)[ -]?(?:nummer|nr|id)|numéro de dossier(?: médical)?|(?:número de )?historia clínica`,
    ),
    keys: new Set(
      list(
        'mrn medicalrecordnumber medicalrecordno medicalrecord patientid patientno patientnumber patientnr patientennummer patientennr patientenid chartnumber hospitalnumber fallnummer',
      ),
    ),
    shortest: 4,
    words: list(
      'mrn mrns medical health med patient patients chart hospital encounter patientennummer patientennr patientenid patienten fallnummer aktennummer krankenaktennummer aufnahmenummer dossier historia',
    ),
  },
  {
    type: 'HEALTH_PLAN_NUMBER',
    label: label(
      `(?:member|subscriber|beneficiary|(?:health )?(?:insurance|plan)|medicaid|insured)(?:'?s)?(?: policy| plan| member)?${NUMBER}|policy[ _-]?(?:no|nr|num|number|#)|(?:versicherten|versicherungs|mitglieds|policen)[ -]?(?:nummer|nr|id)|numéro d'assuré|número de póliza`,
    ),
    keys: new Set(
      list(
        'memberid membernumber subscriberid subscribernumber healthplannumber healthplanid insuranceid insurancenumber policynumber policyno medicaidid beneficiaryid beneficiarynumber versichertennummer versicherungsnummer policennummer',
      ),
    ),
    shortest: 6,
    words: list(
      'member subscriber beneficiary insurance plan policy medicaid insured versichertennummer versicherungsnummer mitgliedsnummer policennummer assuré póliza',
    ),
  },
  {
    type: 'CASE_NUMBER',
    label: label(
      `(?:case|docket|cause|matter|court file|court)${NUMBER}|aktenzeichen|(?:az|gz)(?=[.:])|gesch(?:äfts)?\\.?-?(?:zeichen|z)|zaaknummer|(?:n(?:úmero|º) de )?expediente|numéro de rôle`,
    ),
    keys: new Set(
      list(
        'casenumber caseno casenr docketnumber docketno docket aktenzeichen geschaeftszeichen geschäftszeichen causenumber',
      ),
    ),
    shortest: 4,
    words: list(
      'case docket cause matter court aktenzeichen az gz geschäftszeichen gesch zaaknummer expediente rôle',
    ),
  },
];
