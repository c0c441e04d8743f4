/** Families that documents refer to without embedding them: the standard ones and what office programs bring along. */
const FAMILIES = [
  ...[
    'Helvetica',
    'Times',
    'TimesNewRoman',
    'Times New Roman',
    'Courier',
    'CourierNew',
    'Courier New',
    'Symbol',
  ],
  ...[
    'ZapfDingbats',
    'Arial',
    'ArialNarrow',
    'ArialBlack',
    'ArialUnicodeMS',
    'Calibri',
    'Cambria',
    'Candara',
  ],
  ...[
    'Consolas',
    'Constantia',
    'Corbel',
    'Georgia',
    'Verdana',
    'Tahoma',
    'TrebuchetMS',
    'Garamond',
    'Palatino',
  ],
  ...[
    'BookAntiqua',
    'CenturyGothic',
    'ComicSansMS',
    'Impact',
    'LucidaConsole',
    'SegoeUI',
    'Wingdings',
    'Webdings',
  ],
  ...[
    'Aptos',
    'DejaVuSans',
    'DejaVuSerif',
    'DejaVuSansMono',
    'LiberationSans',
    'LiberationSerif',
    'LiberationMono',
  ],
  ...[
    'NotoSans',
    'NotoSerif',
    'Roboto',
    'OpenSans',
    'MSGothic',
    'MSMincho',
    'MS-Gothic',
    'MS-Mincho',
    'SimSun',
  ],
  ...['SimHei', 'STSong', 'STSong-Light', 'MSung-Light', 'MHei-Medium', 'HeiseiMin-W3', 'HeiseiKakuGo-W5'],
  ...['HYSMyeongJo-Medium', 'HYGoThic-Medium', 'KozMinPro-Regular', 'KozGoPro-Medium'],
];
const STYLES = /^(?:[-, ]?(?:Bold|Italic|Oblique|Regular|Roman|Light|Medium|Semibold|Narrow|Black|PS|MT))*$/;
const KNOWN: ReadonlySet<string> = new Set(FAMILIES);

/** Whether a font's name is that of a known family, with or without styles. */
export function isOneOf(font: string): boolean {
  for (let end = font.length; end >= 4; end--) {
    if (KNOWN.has(font.slice(0, end)) && STYLES.test(font.slice(end))) return true;
  }
  return false;
}
