import { contextWords } from '../../context.js';
import type { IdentifierType } from './identifier-type.js';

/** Register signs of German courts and prosecutors (Aktenordnungen of the federal states and courts), in capitals. */
const REGISTERS = new Set(
  `O OH HKO C S T U W F UF WF K KR L M B D A AS P R RS SO SB V VE VA VR AL LS DS CS JS UJS KS KLS NS QS SS WS GS BS OWI STR STB
   STVK ZR ZB ZA AR ARS BVR BVL BVF BVE BVQ AZR ABR AZB AZN CA BV BVGA GA SA TABV TA IN IK IE RE EK`.split(
    /\s+/,
  ),
);
/** Kinds of proceedings in numbers of US federal courts (CM/ECF). */
const FEDERAL_KINDS = new Set('CV CR MJ BK AP MD MC PO GJ SW MS'.split(' '));

const COURT_WORDS = contextWords(
  `court courts docket dockets case cases casenumber plaintiff defendant petitioner judge judgment ruling lawsuit filed
   aktenzeichen az gericht amtsgericht landgericht oberlandesgericht verwaltungsgericht sozialgericht arbeitsgericht
   staatsanwaltschaft urteil beschluss geschäftszeichen kläger klage verfahren bgh bverfg olg lg ag eugh cjeu tribunal`,
);

export const JUSTICE: readonly IdentifierType[] = [
  {
    name: 'CASE_NUMBER',
    country: null,
    description:
      "A court's or prosecutor's file number: US dockets, German Aktenzeichen, cases of the Court of Justice, or behind a label.",
    example: '3:24-cv-04820-KRT',
    context: COURT_WORDS,
    forms: [
      { template: '9{1,2}:9{2}-A{2}-9{3,6}-{0,1}A{0,4}-{0,1}A{0,4}', score: 0.8, accepts: isFederal },
      { template: '9{2}-A{2}-9{3,6}', score: 0.35, withContext: 0.75, accepts: isFederal },
      { template: '9{4}-A{2}-9{3,7}', score: 0.35, withContext: 0.7, accepts: isFederal },
      { template: '9{1,3} A{2,4} 9{1,5}/9{2}', score: 0.5, withContext: 0.85, accepts: namesRegister },
      { template: '9{1,3} A 9{1,5}/9{2}', score: 0.3, withContext: 0.8, accepts: namesRegister },
      { template: '[IVX]{1,4} A{1,3} 9{1,5}/9{2}', score: 0.5, withContext: 0.85, accepts: namesRegister },
      { template: '[SLB] 9{1,3} A{1,3} 9{1,5}/9{2}', score: 0.6, withContext: 0.85, accepts: namesRegister },
      { template: '[CTF]-9{1,3}/9{2}', score: 0.3, withContext: 0.7 },
    ],
  },
];

function isFederal(text: string): boolean {
  return FEDERAL_KINDS.has(/\D+/.exec(text)?.[0].slice(0, 2) ?? '');
}

/** The letters before the running number are a register's, a chamber in Roman numerals before them left aside. */
function namesRegister(text: string): boolean {
  const letters = /([A-Z]+)\d+$/.exec(text)?.[1] ?? '';
  for (let at = 0; at < letters.length && (at === 0 || /[IVX]/.test(letters.charAt(at - 1))); at++) {
    if (REGISTERS.has(letters.slice(at))) return true;
  }
  return false;
}
