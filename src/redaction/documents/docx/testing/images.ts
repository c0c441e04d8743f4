import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of two grey pixels that says something in a text, a profile, EXIF, and behind its end. */
export function makePng(said: string): Buffer {
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const text = Buffer.from(`Author\0${said}`, 'latin1');
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('tEXt', text),
    chunk('eXIf', text),
    chunk('IDAT', deflateSync(Buffer.from([0, 10, 200]))),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(said),
  ]);
}
