/** Where progress is shown; a terminal, or a file or pipe. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const CLEAR_LINE = '\r\u001b[2K';

/** One line about a wait: in a terminal it moves and counts the seconds, elsewhere it is written once. */
export class Progress {
  private readonly since = performance.now();
  private readonly timer: NodeJS.Timeout | undefined;
  private frame = 0;
  private detail = '';

  constructor(
    private readonly stream: ProgressStream,
    private readonly what: string,
  ) {
    if (stream.isTTY) this.timer = setInterval(() => this.draw(), 100).unref();
    else stream.write(`${what} …\n`);
  }

  /** Puts a line above the moving one. */
  readonly say = (line: string): void => {
    this.stream.write(`${this.timer ? CLEAR_LINE : ''}${line}\n`);
  };

  /** How far it is, shown in the moving line. */
  tell(detail: string): void {
    this.detail = `, ${detail}`;
  }

  /** Takes the moving line away; after it `say` writes plain lines. */
  end(): void {
    clearInterval(this.timer);
    if (this.stream.isTTY) this.stream.write(CLEAR_LINE);
  }

  /** Seconds since the wait began, with a tenth. */
  get seconds(): string {
    return ((performance.now() - this.since) / 1000).toFixed(1);
  }

  private draw(): void {
    this.frame = (this.frame + 1) % FRAMES.length;
    this.stream.write(`${CLEAR_LINE}${FRAMES[this.frame]} ${this.what} … ${this.seconds} s${this.detail}`);
  }
}
