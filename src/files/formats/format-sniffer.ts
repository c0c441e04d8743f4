import { type Content, type FileFormat, formatOf } from './file-format.js';
import { HEAD_BYTES, magicOf } from './magic.js';
import { officeFormatOf, TAIL_BYTES } from './office-package.js';
import { TextCheck } from './text-check.js';

/** Finds a file's format while its bytes pass by, in whatever pieces they come. Keeps about 1 MiB of a ZIP file. */
export class FormatSniffer {
  private readonly text = new TextCheck();
  private head: Buffer = Buffer.alloc(0);
  private tail: Buffer[] = [];
  private tailBytes = 0;

  update(chunk: Buffer): void {
    if (this.head.length < HEAD_BYTES) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_BYTES - this.head.length)]);
    }
    this.text.update(chunk);
    if (mayBeZip(this.head)) this.keepTail(chunk);
  }

  /** @param extension in lower case, without its dot */
  end(extension: string): FileFormat | undefined {
    return formatOf(this.content(), extension);
  }

  private content(): Content {
    const magic = magicOf(this.head);
    if (magic === 'zip')
      return { kind: 'binary', format: officeFormatOf(Buffer.concat(this.tail).subarray(-TAIL_BYTES)) };
    if (magic === undefined || magic === 'office-legacy') return { kind: 'binary', format: undefined };
    if (magic !== 'none') return { kind: 'binary', format: magic };
    const encoding = this.text.end();
    return encoding === 'binary' ? { kind: 'binary', format: undefined } : { kind: 'text', encoding };
  }

  private keepTail(chunk: Buffer): void {
    // A copy: what lies around the chunk need not stay in memory.
    this.tail.push(Buffer.from(chunk));
    this.tailBytes += chunk.length;
    for (
      let first = this.tail[0];
      first && this.tailBytes - first.length >= TAIL_BYTES;
      first = this.tail[0]
    ) {
      this.tail.shift();
      this.tailBytes -= first.length;
    }
  }
}

const mayBeZip = (head: Buffer): boolean => head[0] === 0x50 && (head.length < 2 || head[1] === 0x4b);
