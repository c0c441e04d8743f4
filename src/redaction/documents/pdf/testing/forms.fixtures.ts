import { carrier, type PdfFixture } from './fixture.js';
import { line, literal, PdfBuilder, utf16 } from './page.js';
import { EMAIL, NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';

interface FormSource {
  /** Entries of each field, which is its own widget. */
  readonly fields: (builder: PdfBuilder) => readonly string[];
  readonly form?: (builder: PdfBuilder) => string;
  readonly catalog?: string;
}

function formOf({ fields, form = () => '', catalog = '' }: FormSource): Buffer {
  const builder = new PdfBuilder();
  const widgets = fields(builder).map((entries) =>
    builder.pdf.add(`<< /Type /Annot /Subtype /Widget /F 4 ${entries} >>`),
  );
  const list = widgets.map((number) => `${number} 0 R`).join(' ');
  builder.page({ content: line(KEPT, 72, 72), entries: `/Annots [${list}]` });
  const acroForm = `/AcroForm << /Fields [${list}] /DA (/F1 12 Tf 0 g) /DR << ${builder.fonts} >> ${form(builder)} >>`;
  return builder.finish(`${acroForm} ${catalog}`);
}

const rectangle = (y: number) => `/Rect [72 ${y} 372 ${y + 20}]`;

const appearance = ({ pdf, fonts }: PdfBuilder, text: string) =>
  `/AP << /N ${pdf.addStream(`/Tx BMC ${line(text, 4, 6)} EMC`, {
    entries: `/Type /XObject /Subtype /Form /BBox [0 0 300 20] /Resources << ${fonts} >>`,
  })} 0 R >>`;

const XFA_DATA =
  '<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data>' +
  `<person>XFA ${NAME}</person></xfa:data></xfa:datasets>`;

/** A signature's dictionary with a signer's name. Its bytes sign nothing: nobody here asks whether it holds. */
const signature =
  `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Name ${literal(`SIGNER ${NAME}`)} ` +
  `/Reason ${literal(`SIGNED-FOR ${SSN}`)} /ContactInfo ${literal(`CONTACT ${EMAIL}`)} ` +
  `/ByteRange [0 10 20 10] /Contents <${'00'.repeat(64)}> >>`;

const signed = (): Buffer =>
  formOf({
    fields: ({ pdf }) => [
      `/FT /Sig /T (Signature1) ${rectangle(0).replace('372', '72')} /V ${pdf.add(signature)} 0 R`,
    ],
    form: () => '/SigFlags 3',
  });

export const FORMS: readonly PdfFixture[] = [
  {
    name: 'text fields',
    make: () =>
      formOf({
        fields: (builder) => [
          `/FT /Tx /T ${literal(`FIELD-NAME ${NAME}`)} /TU ${utf16(`FIELD-TIP ${NAME}`)} /TM ${literal(`FIELD-EXPORT ${SSN}`)} ` +
            `/V ${literal(`FIELD-VALUE ${NAME}`)} /DV ${literal(`FIELD-DEFAULT ${EMAIL}`)} /RV ${literal(`<p>FIELD-RICH ${NAME}</p>`)} ` +
            `${rectangle(600)} /DA (/F1 12 Tf) ${appearance(builder, `FIELD-SHOWN ${NAME} ends`)}`,
        ],
      }),
    carriers: [
      carrier('FIELD-NAME', NAME),
      carrier('FIELD-TIP', NAME),
      carrier('FIELD-EXPORT', SSN),
      carrier('FIELD-VALUE', NAME),
      carrier('FIELD-DEFAULT', EMAIL),
      carrier('FIELD-RICH', NAME),
      carrier('FIELD-SHOWN', NAME),
    ],
    kept: [KEPT, 'FIELD-SHOWN', 'ends'],
    reports: { removed: ['form_fields'] },
  },
  {
    name: 'a choice, whose options are not all shown',
    make: () =>
      formOf({
        fields: (builder) => [
          `/FT /Ch /Ff 131072 /T (choice) /V (first) /Opt [(first) ${literal(`OPTION ${NAME}`)} ` +
            `[${literal(`OPTION-EXPORT ${SSN}`)} ${utf16(`OPTION-SHOWN ${NAME}`)}]] ` +
            `${rectangle(600)} /DA (/F1 12 Tf) ${appearance(builder, 'first')}`,
        ],
      }),
    carriers: [carrier('OPTION', NAME), carrier('OPTION-EXPORT', SSN), carrier('OPTION-SHOWN', NAME)],
    kept: [KEPT, 'first'],
    measuredBy: 'mupdf',
    reports: { removed: ['form_fields'] },
  },
  {
    name: 'a field with a value and no appearance',
    make: () =>
      formOf({
        fields: () => [
          `/FT /Tx /T (bare) /V ${literal(`NO-APPEARANCE ${NAME}`)} ${rectangle(600)} /DA (/F1 12 Tf 0 g)`,
        ],
      }),
    carriers: [carrier('NO-APPEARANCE', NAME)],
    kept: [KEPT],
    measuredBy: 'poppler',
    mayLose: 'NO-APPEARANCE'.length,
    reports: { removed: ['form_fields'] },
  },
  {
    name: 'a field that wants its appearance made by the viewer, and one that is hidden',
    make: () =>
      formOf({
        fields: () => [
          `/FT /Tx /T (asked) /V ${literal(`NEEDED ${NAME}`)} ${rectangle(600)} /DA (/F1 12 Tf 0 g)`,
          `/FT /Tx /T (hidden) /V ${literal(`HIDDEN-FIELD ${SSN}`)} ${rectangle(640)} /DA (/F1 12 Tf 0 g)`.replace(
            '/FT',
            '/Q 0 /FT',
          ),
        ],
        form: () => '/NeedAppearances true',
      }),
    carriers: [carrier('NEEDED', NAME), carrier('HIDDEN-FIELD', SSN)],
    kept: [KEPT],
    measuredBy: 'poppler',
    mayLose: 'NEEDEDHIDDEN-FIELD'.length,
  },
  {
    name: 'an XFA form',
    make: () =>
      formOf({
        fields: () => [`/FT /Tx /T (field) ${rectangle(600)} /DA (/F1 12 Tf)`],
        form: ({ pdf }) => `/XFA [(datasets) ${pdf.addStream(XFA_DATA, { flate: true })} 0 R]`,
      }),
    carriers: [carrier('XFA', NAME)],
    kept: [],
    refused: 'DOCUMENT_HAS_FORMS',
  },
  {
    name: 'a signed document',
    make: signed,
    carriers: [carrier('SIGNER', NAME), carrier('SIGNED-FOR', SSN), carrier('CONTACT', EMAIL)],
    kept: [KEPT],
    reports: { removed: ['signatures'], risks: ['SIGNATURES_LOST'] },
  },
  {
    name: 'a signed document under a strict policy',
    make: signed,
    carriers: [carrier('SIGNER', NAME)],
    kept: [],
    policy: { strict: true },
    refused: 'DOCUMENT_SIGNED',
  },
];
