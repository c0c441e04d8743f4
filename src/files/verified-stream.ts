import { pipeline, type Readable, type Transform } from 'node:stream';

/**
 * Joins a source to what opens it, and waits until the first piece of it is there or its end is: what is wrong from the
 * start is told before anybody was promised anything. Whoever destroys the stream destroys its source too.
 *
 * @throws what went wrong with either
 */
export function verifiedStream(source: Readable, opener: Transform): Promise<Readable> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      opener.off('readable', onReadable).off('error', settle);
      if (error) reject(error);
      else resolve(opener);
    };
    const onReadable = (): void => settle();
    opener.once('readable', onReadable).once('error', settle);
    // Its errors are those of the opener, which whoever reads it sees.
    pipeline(source, opener, () => {});
  });
}
