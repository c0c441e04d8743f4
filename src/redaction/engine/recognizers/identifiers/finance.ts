import { contextWords } from '../../context.js';
import { isCountryCode } from '../../validators/country-codes.js';
import type { IdentifierType } from './identifier-type.js';

export const FINANCE: readonly IdentifierType[] = [
  {
    name: 'BIC_CODE',
    country: null,
    description: "A bank's identifier code (BIC, SWIFT; ISO 9362), beside a word for one.",
    example: 'KRTXDE6KXXX',
    context: contextWords('bic swift swiftcode biccode iban bank'),
    forms: [
      {
        template: 'A{6}[A-Z2-9][A-NP-Z0-9]',
        score: 0.05,
        withContext: 0.7,
        onlyWithContext: true,
        accepts: namesCountry,
      },
      {
        template: 'A{6}[A-Z2-9][A-NP-Z0-9]*{3}',
        score: 0.1,
        withContext: 0.7,
        onlyWithContext: true,
        accepts: namesCountry,
      },
    ],
  },
];

function namesCountry(text: string): boolean {
  return isCountryCode(text.slice(4, 6));
}
