import { isIP } from 'node:net';
import { EnvError, makeValidator } from 'envalid';

/** A TCP port; 0 lets the system choose. */
export const port = makeValidator<number>((value) => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number > 65535) throw new EnvError('a port number from 0 to 65535');
  return number;
});

/** A whole number within bounds, both included. */
export const wholeNumber = (minimum: number, maximum: number) =>
  makeValidator<number>((value) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < minimum || number > maximum) {
      throw new EnvError(`a whole number from ${minimum} to ${maximum}`);
    }
    return number;
  });

/** Up to a hundred pauses in seconds, comma-separated; fractions are allowed. */
export const secondsList = makeValidator<readonly number[]>((value) => {
  const numbers = value.split(',').map((part) => part.trim());
  const isOne = (text: string): boolean => /^\d+(?:\.\d+)?$/.test(text) && Number(text) <= 604_800;
  if (numbers.length > 100 || !numbers.every(isOne))
    throw new EnvError('up to 100 numbers from 0 to 604800, comma-separated');
  return numbers.map(Number);
});

const urlOf = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);

export const postgresUrl = makeValidator<string>((value) => {
  const protocol = urlOf(value)?.protocol;
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    throw new EnvError('a URL like postgres://user:password@host:5432/database');
  }
  return value;
});

export const redisUrl = makeValidator<string>((value) => {
  const protocol = urlOf(value)?.protocol;
  if (protocol !== 'redis:' && protocol !== 'rediss:') {
    throw new EnvError('a URL like redis://user:password@host:6379/0, or rediss:// for TLS');
  }
  return value;
});

export const smtpUrl = makeValidator<string>((value) => {
  const protocol = urlOf(value)?.protocol;
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    throw new EnvError(
      'a URL like smtp://user:password@mail.example.org:587, or smtps:// for TLS from the start',
    );
  }
  return value;
});

/** A bare address, so that nothing else gets into a message's header. */
export const mailAddress = makeValidator<string>((value) => {
  if (!/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(value)) throw new EnvError('an address like redoubt@example.org');
  return value;
});

export const publicUrl = makeValidator<string>((value) => {
  const url = urlOf(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new EnvError('an http or https URL without query, like https://redoubt.example.org');
  }
  return value.replace(/\/+$/, '');
});

/** Scheme, host and port of a server, in the form its clients take. */
export const httpUrl = makeValidator<string>((value) => {
  const url = urlOf(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw new EnvError('an http or https URL without user and query, like https://s3.example.org');
  }
  return value.replace(/\/+$/, '');
});

/** Where syslog messages go: how, to whom and to which port. */
export const syslogUrl = makeValidator<string>((value) => {
  const url = urlOf(value);
  const isPlain = url && !url.username && !url.search && !url.hash && /^\/?$/.test(url.pathname);
  if (!isPlain || !/^(?:tcp|tls|udp):$/.test(url.protocol) || !url.port || !url.hostname)
    throw new EnvError('a URL like tls://collector.example.org:6514, or tcp:// or udp:// with a port');
  return value;
});

/** A URL of a collector; path and query are its own. */
export const collectorUrl = makeValidator<string>((value) => {
  const url = urlOf(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hash)
    throw new EnvError('an http or https URL without user, like https://collector.example.org/audit');
  return value;
});

/** What may stand behind Bearer in a header (RFC 6750, section 2.1). */
export const headerToken = makeValidator<string>((value) => {
  if (!/^[\w.~+/-]+=*$/.test(value)) throw new EnvError('a token of letters, digits and - . _ ~ + / =');
  return value;
});

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

/** Addresses or CIDR networks (RFC 4632), comma-separated. */
export const networkList = makeValidator<string[]>((value) => {
  const networks = value.split(',').map((part) => part.trim());
  if (!networks.every(isNetwork)) throw new EnvError('networks such as 10.0.0.0/8, comma-separated');
  return networks;
});

/** 32 bytes in base64, base64url or hex. */
export const masterKey = makeValidator<Buffer>((value) => {
  const key = /^[0-9a-f]{64}$/i.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64');
  if (key.length !== 32 || !/^[\w+/=-]+$/.test(value)) {
    throw new EnvError('32 random bytes in base64 or hex (openssl rand -base64 32)');
  }
  return key;
});

/** An API key as Redoubt makes them, or a home-made one of at least 22 letters and digits (≥ 128 bits) after the prefix. */
export const adminKey = makeValidator<string>((value) => {
  if (!/^sk_live_[0-9A-Za-z]{22,128}$/.test(value)) {
    throw new EnvError('sk_live_ followed by 22 to 128 random letters and digits');
  }
  return value;
});

/** The beginning of a checkpoint's root, as a refused start names it. */
export const restoredRoot = makeValidator<string>((value) => {
  if (!/^[0-9a-f]{16}$/.test(value)) {
    throw new EnvError('the 16 hexadecimal digits that the refused start names');
  }
  return value;
});
