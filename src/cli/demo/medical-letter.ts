import {
  PDFDocument,
  type PDFFont,
  PDFName,
  type PDFPage,
  PDFString,
  rgb,
  StandardFonts,
} from '@cantoo/pdf-lib';

const PAGE = { width: 595, height: 842 } as const;
const LEFT = 62;
const RIGHT = 533;
const INK = rgb(0.12, 0.14, 0.18);
const RULE = rgb(0.72, 0.75, 0.8);

// All people and numbers are invented or reserved: 555 telephones, example.com, and a social security number that the
// Social Security Administration has voided.
const FIRST_PAGE = [
  'Dr. Susan Bennett, Cardiology',
  'Harbor Clinic, 12 Quay Street, Portland',
  '',
  'To: Dr. James Wilson, General Practice',
  '',
  'Patient: Maria Garcia, born 11 February 1984',
  'Social security number: 219-09-9999',
  'Telephone: (555) 010-4477, e-mail: maria.garcia@example.com',
  '',
  'Dear Dr. Wilson,',
  '',
  'thank you for referring Maria Garcia, whom we saw on 12 March 2026. She reports',
  'shortness of breath on stairs for about six weeks. There is no chest pain at rest. Her',
  'father, Robert Garcia, had a heart attack at the age of 61.',
  '',
  'On examination the heart sounds were regular, without a murmur. The lungs were clear.',
  'The results of the day are in the table.',
];

const TABLE = [
  ['Measurement', 'Value', 'Reference', 'Taken by'],
  ['Blood pressure', '148/92 mmHg', 'below 140/90', 'Linda Moore'],
  ['Heart rate', '84 per minute', '60 to 100', 'Linda Moore'],
  ['LDL cholesterol', '4.6 mmol/l', 'below 3.0', 'David Chen'],
  ['Ejection fraction', '58 %', 'above 55 %', 'Susan Bennett'],
] as const;

const COLUMNS = [LEFT, 190, 300, 420] as const;

const SECOND_PAGE = [
  'Assessment',
  '',
  'Arterial hypertension, first diagnosis. Raised cholesterol. No sign of heart failure.',
  '',
  'Plan',
  '',
  'We have begun a treatment of 5 mg of ramipril each morning. Please check the blood',
  'pressure in two weeks. Maria Garcia agreed that her husband, Carlos Garcia, may be told',
  'the results; he can be reached at (555) 010-4488 or carlos.garcia@example.com.',
  '',
  'The next appointment is on 9 April 2026. In an emergency please ring the ward at',
  '555-010-4400 and quote the record of Maria Garcia.',
  '',
  'With kind regards,',
  'Dr. Susan Bennett',
];

interface Fonts {
  readonly plain: PDFFont;
  readonly bold: PDFFont;
}

function addPage(pdf: PDFDocument, { plain, bold }: Fonts, number: number): PDFPage {
  const page = pdf.addPage([PAGE.width, PAGE.height]);
  page.drawText('Harbor Clinic', { x: LEFT, y: 795, size: 11, font: bold, color: INK });
  page.drawText('Re: Maria Garcia', { x: RIGHT - 90, y: 795, size: 9, font: plain, color: INK });
  page.drawLine({ start: { x: LEFT, y: 785 }, end: { x: RIGHT, y: 785 }, thickness: 0.7, color: RULE });
  const footer = `Confidential. Page ${number} of 2. Questions: records@harborclinic.example.com`;
  page.drawText(footer, { x: LEFT, y: 40, size: 8, font: plain, color: INK });
  return page;
}

function writeLines(page: PDFPage, lines: readonly string[], font: PDFFont, top: number): number {
  lines.forEach((text, index) => {
    page.drawText(text, { x: LEFT, y: top - index * 17, size: 11, font, color: INK });
  });
  return top - lines.length * 17;
}

function writeTable(page: PDFPage, { plain, bold }: Fonts, top: number): void {
  TABLE.forEach((row, index) => {
    const y = top - index * 20;
    row.forEach((text, column) => {
      const font = index === 0 ? bold : plain;
      page.drawText(text, { x: COLUMNS[column] ?? LEFT, y, size: 10, font, color: INK });
    });
    page.drawLine({ start: { x: LEFT, y: y - 6 }, end: { x: RIGHT, y: y - 6 }, thickness: 0.4, color: RULE });
  });
}

/** A note beside the text, as readers of a PDF stick on one (ISO 32000-1, 12.5.6.4). */
function addNote(pdf: PDFDocument, page: PDFPage): void {
  const note = pdf.context.obj({
    Type: 'Annot',
    Subtype: 'Text',
    Rect: [RIGHT - 20, 560, RIGHT, 580],
    Contents: PDFString.of('Maria Garcia called: wants the letter by e-mail too.'),
    T: PDFString.of('Linda Moore'),
  });
  page.node.set(PDFName.of('Annots'), pdf.context.obj([pdf.context.register(note)]));
}

/**
 * A doctor's letter of two pages as an office writes them: header and footer, a table, properties that name people, and
 * a note that somebody stuck on.
 */
export async function medicalLetter(): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.setTitle('Letter about Maria Garcia');
  pdf.setAuthor('Susan Bennett');
  pdf.setSubject('Cardiology, Maria Garcia, 219-09-9999');
  const fonts = {
    plain: await pdf.embedFont(StandardFonts.Helvetica),
    bold: await pdf.embedFont(StandardFonts.HelveticaBold),
  };
  const first = addPage(pdf, fonts, 1);
  const below = writeLines(first, FIRST_PAGE, fonts.plain, 750);
  writeTable(first, fonts, below - 25);
  addNote(pdf, first);
  writeLines(addPage(pdf, fonts, 2), SECOND_PAGE, fonts.plain, 750);
  return Buffer.from(await pdf.save());
}
