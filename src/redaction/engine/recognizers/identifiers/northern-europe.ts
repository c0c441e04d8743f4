import { contextWords } from '../../context.js';
import {
  isFinnishIdentityCode,
  isPesel,
  isSwedishOrganisationNumber,
  isSwedishPersonalNumber,
} from '../../validators/european-numbers.js';
import type { IdentifierType } from './identifier-type.js';

const FINNISH_CHECK = '[0-9A-FHJ-NPR-Y]';

export const NORTHERN_EUROPE: readonly IdentifierType[] = [
  {
    name: 'FI_PERSONAL_IDENTITY_CODE',
    country: 'FI',
    description: 'A Finnish personal identity code (henkilötunnus).',
    example: '140672-382S',
    context: contextWords('henkilötunnus hetu personbeteckning henkilötunnukseni sotu identity id'),
    forms: [
      {
        template: `9{6}[-]9{3}${FINNISH_CHECK}`,
        score: 0.6,
        certain: true,
        glued: true,
        checksum: isFinnishIdentityCode,
      },
      {
        template: `9{6}[A-FU-Y]9{3}${FINNISH_CHECK}`,
        score: 0.6,
        certain: true,
        glued: true,
        checksum: isFinnishIdentityCode,
      },
      {
        template: `9{6}[+]9{3}${FINNISH_CHECK}`,
        score: 0.6,
        certain: true,
        glued: true,
        checksum: isFinnishIdentityCode,
      },
    ],
  },
  {
    name: 'PL_PESEL',
    country: 'PL',
    description: 'A Polish identification number (PESEL).',
    example: '82031748205',
    context: contextWords('pesel pesele ewidencyjny numer peselem'),
    forms: [{ template: '9{11}', score: 0.3, checksum: isPesel }],
  },
  {
    name: 'SE_ORGANISATIONSNUMMER',
    country: 'SE',
    description: "A Swedish organisation's number.",
    example: '559482-0176',
    context: contextWords('organisationsnummer orgnummer orgnr organisation org företag bolag company'),
    forms: [
      { template: '9{6}-9{4}', score: 0.3, checksum: isSwedishOrganisationNumber },
      { template: '9{10}', score: 0.1, checksum: isSwedishOrganisationNumber },
    ],
  },
  {
    name: 'SE_PERSONNUMMER',
    country: 'SE',
    description: 'A Swedish personal identity or coordination number.',
    example: '820317-4829',
    context: contextWords(
      'personnummer personnumret pnr samordningsnummer födelsenummer person swedish svensk identity',
    ),
    forms: [
      { template: '9{6}[-+]9{4}', score: 0.5, checksum: isSwedishPersonalNumber, glued: true },
      { template: '9{8}[-+]9{4}', score: 0.6, checksum: isSwedishPersonalNumber, glued: true },
      { template: '9{10}', score: 0.2, checksum: isSwedishPersonalNumber, glued: true },
      { template: '9{12}', score: 0.3, checksum: isSwedishPersonalNumber, glued: true },
    ],
  },
];
