import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { Duplex } from "node:stream";

/** How much of what ssh complains of is kept. */
const maxComplaint = 2000;

/**
 * A connection to the engine on another machine: `docker system dial-stdio` there, run through the
 * system's own ssh, as the docker command does it. So the user's keys, agent, configuration and known
 * hosts apply; a host that is not known is refused, since nobody is there to ask.
 */
export function sshConnection(destination: string, port: number | undefined): Duplex {
  const portOption = port === undefined ? [] : ["-p", String(port)];
  const words = ["-o", "BatchMode=yes", "-T", ...portOption, "--", destination];
  return new ProgramConnection(spawn("ssh", [...words, "docker", "system", "dial-stdio"]));
}

/** A program's standard input and output as a connection, which ends as the program does. */
class ProgramConnection extends Duplex {
  readonly #program: ChildProcessWithoutNullStreams;
  #complaint = "";

  constructor(program: ChildProcessWithoutNullStreams) {
    super();
    this.#program = program;
    program.stdout.on("data", (data: Buffer) => {
      if (!this.push(data)) program.stdout.pause();
    });
    program.stderr.on("data", (data: Buffer) => {
      this.#complaint = (this.#complaint + data.toString()).slice(-maxComplaint);
    });
    // What could not be written is told by the program's end.
    program.stdin.on("error", () => {});
    program.once("error", (error) => this.destroy(error));
    program.once("close", (code) => {
      if (code === 0) this.push(null);
      else this.destroy(new Error(`ssh ended with ${code}: ${this.#complaint.trim()}`));
    });
  }

  override _read(): void {
    this.#program.stdout.resume();
  }

  override _write(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    this.#program.stdin.write(chunk, () => done());
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#program.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#program.kill();
    done(error);
  }

  // What Node's HTTP client expects of a socket, and what means nothing for a program's pipes.
  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    this.#program.ref();
    return this;
  }

  unref(): this {
    this.#program.unref();
    return this;
  }
}
