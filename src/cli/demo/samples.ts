/** One call of the demo: what is sent, and how it is shown. */
export interface Sample {
  readonly title: string;
  /** Lines of at most 78 characters. */
  readonly intro: readonly string[];
  readonly layout: 'text' | 'json' | 'csv';
  readonly request: {
    readonly data: unknown;
    readonly format?: 'csv';
    readonly method?: 'auto' | 'masking';
    readonly preserve_context?: boolean;
  };
}

/** A GitHub token by its prefix, written in two halves so that secret scanners leave this file alone. */
const PASTED_TOKEN = ['ghp_', 'demoDEMOdemoDEMOdemoDEMOdemoDEMO0000'].join('');

// All people and numbers are invented or reserved: 555 telephones, example.com, card networks' test numbers, and
// social security numbers that the Social Security Administration has voided.
const LETTER = `From: Maria Garcia <maria.garcia@example.com>
To: intake@harborclinic.example.com
Subject: My father's appointment, and the bill

Dear Dr. Bennett,

I am writing for my father, Robert Garcia, born 14 March 1952. His social
security number is 219-09-9999. You reach him at (555) 010-4477 in the
morning, and me at robert.and.maria@example.com at any time.

Please charge the visit of 03/12/2026 to the card 4111 1111 1111 1111; a
refund may go to GB82 WEST 1234 5698 7654 32.

Our IT man says your portal asks for this, I hope it is the right thing:
${PASTED_TOKEN}

Kind regards,
Maria Garcia`;

const RECORD = {
  matter: 'C-2026-0417',
  client: { name: 'Maria Garcia', email: 'maria.garcia@example.com', date_of_birth: '1984-07-02' },
  opponent: { name: 'David Chen', phone: '555-010-2288' },
  notes: [
    'Maria Garcia called: David Chen offers to pay by 30 April 2026.',
    'Send the draft to maria.garcia@example.com, not to David Chen.',
  ],
};

const TABLE = `name,email,phone,ssn,card,owed
Maria Garcia,maria@example.com,555-010-4477,219-09-9999,4111111111111111,1840
David Chen,d.chen@example.com,555-010-2288,078-05-1120,5555555555554444,96
Aisha Khan,aisha@example.com,555-010-9931,457-55-5462,4012888888881881,310
`;

/** The calls of the demo, in the order they are made. */
export const SAMPLES: readonly Sample[] = [
  {
    title: 'A letter to a clinic',
    intro: ['A text, method "auto". The first call also warms the engine up.'],
    layout: 'text',
    request: { data: LETTER, method: 'auto' },
  },
  {
    title: "A law firm's record",
    intro: ['JSON with "preserve_context": one number for one person, wherever the name is.'],
    layout: 'json',
    request: { data: RECORD, preserve_context: true },
  },
  {
    title: 'A table of customers',
    intro: [
      'CSV, method "masking": rows stay recognisable, columns stay where they were.',
      "The last digits it keeps are too much for HIPAA's Safe Harbor list.",
    ],
    layout: 'csv',
    request: { data: TABLE, format: 'csv', method: 'masking' },
  },
];
