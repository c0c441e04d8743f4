/**
 * Length of an IBAN by country: the SWIFT IBAN registry (release 99) and, after the semicolon, countries that use
 * the form without being registered.
 */
const LENGTHS = readLengths(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29
   ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20
   LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29
   PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20
   YE30 ; AO25 BF28 BJ28 CF27 CG27 CI28 CM27 CV25 DZ26 GA27 GQ27 GW25 IR26 KM27 MA28 MG27 ML28 MZ25 NE28 SN28 TD27
   TG28`,
);

const BBAN_ALL_DIGITS = new Set(
  `AE AT BA BE CR CZ DE DK EE ES FI FO GL HR HU IL IS LT ME MK MN NO PL PT RS SD SE SI SK TL TN VA XK`.split(
    ' ',
  ),
);

function readLengths(table: string): Map<string, number> {
  const entries = table.split(/[\s;]+/).map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const);
  return new Map(entries);
}

/** Number of characters of an IBAN of that country, without spaces. */
export function ibanLength(country: string): number | undefined {
  return LENGTHS.get(country);
}

/** ISO 13616: length of the country, digits where the country allows no letters, and mod 97 = 1. */
export function isIban(compact: string): boolean {
  const country = compact.slice(0, 2);
  if (LENGTHS.get(country) !== compact.length) return false;
  if (BBAN_ALL_DIGITS.has(country) && !/^\d+$/.test(compact.slice(4))) return false;
  return remainder97(compact.slice(4) + compact.slice(0, 4)) === 1;
}

function remainder97(text: string): number {
  let remainder = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) remainder = (remainder * 10 + code - 48) % 97;
    else if (code >= 65 && code <= 90) remainder = (remainder * 100 + code - 55) % 97;
    else return -1;
  }
  return remainder;
}
