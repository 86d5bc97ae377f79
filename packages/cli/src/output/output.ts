import type { Progress } from "../progress/progress.js";
import { oneLine } from "./printable.js";
import type { Style } from "./style.js";
import type { TextStream } from "./text-stream.js";

interface OutputOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly progress: Progress;
  /** Of stdout. */
  readonly style: Style;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * What a verb says. Results go to stdout: as text for people, or with `--json` as JSON. Remarks go to stderr. Text from
 * elsewhere goes through `table`, `printable` or `oneLine` before it is given here.
 */
export class Output {
  readonly style: Style;
  /** Whether JSON is wanted. */
  readonly json: boolean;
  readonly #options: OutputOptions;

  constructor(options: OutputOptions) {
    this.style = options.style;
    this.json = options.json;
    this.#options = options;
  }

  /** The one result of a verb that ends: a JSON document, or what `text` gives. */
  async result(value: unknown, text: () => string): Promise<void> {
    await this.#write(
      this.json ? `${JSON.stringify(value ?? null, undefined, 2)}\n` : ended(text()),
    );
  }

  /** One of many, as they come: a line of JSON, or of text. */
  async item(value: unknown, text: () => string): Promise<void> {
    await this.#write(this.json ? `${JSON.stringify(value)}\n` : ended(text()));
  }

  /** Bytes as they are, as those of a program's output. */
  async raw(content: string | Uint8Array): Promise<void> {
    await this.#write(content);
  }

  /** The same for what a program wrote to its stderr. */
  async rawError(content: string | Uint8Array): Promise<void> {
    this.#options.progress.hide();
    await this.#options.stderr.write(content);
  }

  /** Whether stdout is a terminal, whose lines can be drawn over. */
  get isTerminal(): boolean {
    return this.#options.stdout.isTerminal;
  }

  /** The same of stderr, which may be another one. */
  get isErrorTerminal(): boolean {
    return this.#options.stderr.isTerminal;
  }

  /** A remark on the side, on stderr; none with `--json` or `--quiet`. */
  note(text: string): void {
    if (this.json || this.#options.quiet) return;
    this.#options.progress.hide();
    this.#options.stderr.say(`${oneLine(text)}\n`);
  }

  /** A remark that `--quiet` does not keep back. */
  warn(text: string): void {
    if (this.json) return;
    this.#options.progress.hide();
    this.#options.stderr.say(`potassium: ${oneLine(text)}\n`);
  }

  #write(content: string | Uint8Array): Promise<void> {
    this.#options.progress.hide();
    return this.#options.stdout.write(content);
  }
}

const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
