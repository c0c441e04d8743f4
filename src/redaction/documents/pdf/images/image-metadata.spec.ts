import sharp from 'sharp';
import { withoutProfileTexts } from './icc-profile.js';
import { withoutJpegSegments } from './jpeg-segments.js';
import { withoutJpxBoxes } from './jpx-boxes.js';

const bytes = (...parts: (number | string | Uint8Array)[]): Buffer =>
  Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'number') return Buffer.from([part]);
      return typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part);
    }),
  );

describe('JPEG segments', () => {
  const comment = bytes(0xff, 0xfe, 0, 8, 'secret');

  it('go when they only describe the image, wherever they stand; pixels stay', async () => {
    const plain = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#369' } })
      .withExif({ IFD0: { Artist: 'secret' } })
      .jpeg({ progressive: true })
      .toBuffer();
    const scan = plain.indexOf(bytes(0xff, 0xda));
    const image = bytes(
      plain.subarray(0, 2),
      comment,
      plain.subarray(2, scan),
      comment,
      plain.subarray(scan),
      'secret',
    );
    const stripped = withoutJpegSegments(image);
    expect(Buffer.from(stripped.bytes).includes('secret')).toBe(false);
    expect(Buffer.from(stripped.bytes).includes('Exif')).toBe(false);
    expect(stripped.removed).toBeGreaterThanOrEqual(4);
    expect(await sharp(stripped.bytes).raw().toBuffer()).toEqual(await sharp(plain).raw().toBuffer());
  });

  it('stay when they say how colours are written', () => {
    const adobe = bytes(0xff, 0xee, 0, 14, 'Adobe', 0, 100, 0, 0, 0, 0, 1);
    const image = bytes(0xff, 0xd8, adobe, comment, 0xff, 0xda, 0, 2, 'data', 0xff, 0xd9);
    expect(Buffer.from(withoutJpegSegments(image).bytes)).toEqual(
      bytes(0xff, 0xd8, adobe, 0xff, 0xda, 0, 2, 'data', 0xff, 0xd9),
    );
  });

  it('are no reason to fail: what is no JPEG, or is cut off, goes through', () => {
    expect(withoutJpegSegments(bytes('no jpeg'))).toEqual({ bytes: bytes('no jpeg'), removed: 0 });
    expect(() => withoutJpegSegments(bytes(0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 'x'))).not.toThrow();
  });
});

describe('JPEG 2000 boxes', () => {
  const box = (type: string, content: Uint8Array) => bytes(0, 0, 0, content.length + 8, type, content);

  it('go when no decoder needs them, and so do comments in the codestream', () => {
    const codestream = bytes(0xff, 0x4f, 0xff, 0x64, 0, 8, 'secret', 0xff, 0x90, 'tiles');
    const file = bytes(box('jP  ', bytes('sig!')), box('xml ', bytes('secret')), box('jp2c', codestream));
    const { bytes: stripped, removed } = withoutJpxBoxes(file);
    expect(Buffer.from(stripped)).toEqual(
      bytes(box('jP  ', bytes('sig!')), box('jp2c', bytes(0xff, 0x4f, 0xff, 0x90, 'tiles'))),
    );
    expect(removed).toBe(2);
  });
});

describe('texts of colour profiles', () => {
  it('go, and numbers stay', async () => {
    const srgb = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .withIccProfile('srgb')
      .png()
      .toBuffer();
    const { icc } = await sharp(srgb).metadata();
    if (icc === undefined) throw new Error('no profile to test with');
    const clean = Buffer.from(withoutProfileTexts(icc) ?? []);
    expect(icc.includes('sRGB') || icc.includes(Buffer.from('sRGB', 'utf16le').swap16())).toBe(true);
    expect(clean.includes('sRGB') || clean.includes(Buffer.from('sRGB', 'utf16le').swap16())).toBe(false);
    expect(clean).toHaveLength(icc.length);
    expect(clean.subarray(0, 128)).toEqual(icc.subarray(0, 128));
  });

  it('are not looked for in what is no profile', () => {
    expect(withoutProfileTexts(Buffer.alloc(200))).toBeUndefined();
  });
});
