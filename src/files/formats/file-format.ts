/** What a file may be, and the media type it is sent back as. */
export const MEDIA_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
  html: 'text/html',
  eml: 'message/rfc822',
  png: 'image/png',
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
} as const;

export type FileFormat = keyof typeof MEDIA_TYPES;

export const FORMATS = Object.keys(MEDIA_TYPES) as readonly FileFormat[];

/** Of which formats redacted copies can be made. */
export const REDACTABLE_FORMATS: readonly FileFormat[] = ['pdf', 'docx', 'txt', 'md', 'csv', 'json'];

const EXTENSIONS: Readonly<Record<string, FileFormat>> = {
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  txt: 'txt',
  text: 'txt',
  log: 'txt',
  md: 'md',
  markdown: 'md',
  csv: 'csv',
  json: 'json',
  html: 'html',
  htm: 'html',
  eml: 'eml',
  png: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  tif: 'tiff',
  tiff: 'tiff',
};

/** Extensions that promise something else: text under them is not what the name says, or does what text must not. */
const FOREIGN = new Set(
  `exe dll com bat cmd msi scr ps1 vbs js mjs sh jar apk dmg iso lnk
   zip rar 7z gz bz2 xz tar doc xls ppt docm xlsm pptm dot odt ods odp rtf
   gif bmp webp svg ico heic mp3 mp4 mov avi wav ogg mkv`.split(/\s+/),
);

/** Text whose bytes may be of an older, 8-bit encoding. */
const LEGACY: ReadonlySet<FileFormat> = new Set(['txt', 'csv', 'html', 'eml']);
const TEXTS: ReadonlySet<FileFormat> = new Set(['txt', 'md', 'csv', 'json', 'html', 'eml']);

/** What the bytes of a file are. */
export type Content =
  | { readonly kind: 'text'; readonly encoding: 'unicode' | 'legacy' }
  /** `format` is undefined where the bytes are of no supported kind. */
  | { readonly kind: 'binary'; readonly format: FileFormat | undefined };

/**
 * The format of a file: its content decides, and its extension tells texts apart. Undefined when it is not supported
 * or the two contradict each other. Pure.
 */
export function formatOf(content: Content, extension: string): FileFormat | undefined {
  const promised = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (content.kind === 'binary') {
    return extension === '' || promised === content.format ? content.format : undefined;
  }
  if (FOREIGN.has(extension)) return undefined;
  const format = promised ?? 'txt';
  const isReadable = content.encoding === 'unicode' ? TEXTS.has(format) : LEGACY.has(format);
  return isReadable ? format : undefined;
}
