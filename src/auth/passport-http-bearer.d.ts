/** The part of passport-http-bearer 1.0 that is used; its published types drag in Express and Koa. */
declare module 'passport-http-bearer' {
  type Verified = (error: unknown, user?: unknown, info?: string) => void;

  export class Strategy {
    constructor(verify: (token: string, done: Verified) => void);
    authenticate(request: { headers: { authorization?: string } }): void;
  }
}
