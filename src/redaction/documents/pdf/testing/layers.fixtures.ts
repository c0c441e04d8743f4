import { carrier, type PdfFixture } from './fixture.js';
import { line, PdfBuilder } from './page.js';
import { NAME } from './planted.js';

const KEPT = 'This sentence stays as it is.';

/** A page with text on a layer, and how the document shows that layer. */
function layered(label: string, configuration: (layer: string) => string, layerEntries = ''): Buffer {
  const builder = new PdfBuilder();
  const layer = builder.pdf.add(`<< /Type /OCG /Name (Notes) ${layerEntries} >>`);
  builder.page({
    content: `${line(KEPT, 72, 700)} /OC /L BDC ${line(`${label} ${NAME}`, 72, 680)} ${line('secret remark', 72, 660)} EMC`,
    resources: `/Properties << /L ${layer} 0 R >>`,
  });
  return builder.finish(`/OCProperties << /OCGs [${layer} 0 R] ${configuration(`${layer} 0 R`)} >>`);
}

/** A membership dictionary that hides what it marks although its layer is on (ISO 32000-1, 8.11.2.2). */
function byMembership(): Buffer {
  const builder = new PdfBuilder();
  const layer = builder.pdf.add('<< /Type /OCG /Name (Notes) >>');
  const membership = builder.pdf.add(`<< /Type /OCMD /OCGs [${layer} 0 R] /P /AllOff >>`);
  builder.page({
    content: `${line(KEPT, 72, 700)} /OC /L BDC ${line(`MEMBER ${NAME}`, 72, 680)} EMC`,
    resources: `/Properties << /L ${membership} 0 R >>`,
  });
  return builder.finish(`/OCProperties << /OCGs [${layer} 0 R] /D << /ON [${layer} 0 R] >> >>`);
}

/** A form that is a layer as a whole. */
function hiddenForm(): Buffer {
  const builder = new PdfBuilder();
  const layer = builder.pdf.add('<< /Type /OCG /Name (Notes) >>');
  const form = builder.pdf.addStream(line(`HIDDEN-FORM ${NAME}`, 72, 600), {
    entries: `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /OC ${layer} 0 R /Resources << ${builder.fonts} >>`,
  });
  builder.page({ content: `${line(KEPT, 72, 700)} /X Do`, resources: `/XObject << /X ${form} 0 R >>` });
  return builder.finish(`/OCProperties << /OCGs [${layer} 0 R] /D << /OFF [${layer} 0 R] >> >>`);
}

const hidden = (name: string, label: string, make: () => Buffer): PdfFixture => ({
  name,
  make,
  carriers: [carrier(label, NAME)],
  kept: [],
  refused: 'DOCUMENT_HAS_LAYERS',
});

export const LAYERS: readonly PdfFixture[] = [
  {
    name: 'a layer that is shown',
    make: () => layered('LAYER-ON', (layer) => `/D << /ON [${layer}] /Order [${layer}] >>`),
    carriers: [carrier('LAYER-ON', NAME)],
    kept: [KEPT, 'LAYER-ON', 'secret remark'],
    reports: { removed: ['layers'] },
  },
  hidden('a layer in OFF', 'LAYER-OFF', () => layered('LAYER-OFF', (layer) => `/D << /OFF [${layer}] >>`)),
  hidden('a layer off by BaseState', 'LAYER-BASE', () =>
    layered('LAYER-BASE', () => '/D << /BaseState /OFF >>'),
  ),
  {
    name: 'a layer that another configuration hides',
    make: () =>
      layered(
        'LAYER-OTHER',
        (layer) => `/D << /ON [${layer}] >> /Configs [<< /Name (second) /OFF [${layer}] >>]`,
      ),
    carriers: [carrier('LAYER-OTHER', NAME)],
    kept: [KEPT],
    measuredBy: 'poppler',
    mayRefuse: 'DOCUMENT_HAS_LAYERS',
  },
  hidden('a layer for printing only', 'LAYER-PRINT', () =>
    layered(
      'LAYER-PRINT',
      (layer) => `/D << /ON [${layer}] /AS [<< /Event /View /Category [/View] /OCGs [${layer}] >>] >>`,
      '/Usage << /View << /ViewState /OFF >> /Print << /PrintState /ON >> >>',
    ),
  ),
  hidden('a membership dictionary that hides', 'MEMBER', byMembership),
  hidden('a form on a hidden layer', 'HIDDEN-FORM', hiddenForm),
];
