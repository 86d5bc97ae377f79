import { oneLine } from "../output/printable.js";
import type { Style } from "../output/style.js";
import type { TextStream } from "../output/text-stream.js";
import type { Failure } from "./failure.js";

interface ReportOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Of stderr. */
  readonly style: Style;
  readonly json: boolean;
  readonly verbose: boolean;
}

/** Says why the command failed: a line on stderr, or with `--json` a document on stdout. */
export async function reportFailure(
  failure: Failure,
  error: unknown,
  { stdout, stderr, style, json, verbose }: ReportOptions,
): Promise<void> {
  if (json) {
    const causes = verbose ? { causes: causesOf(error) } : {};
    await stdout.write(`${JSON.stringify({ error: { ...failure, ...causes } })}\n`);
    return;
  }
  const { message, advice, problems = [] } = failure;
  const paths = problems.length > 0 && !verbose ? "--verbose lists the paths." : "";
  const text = [sentence(oneLine(message)), advice, paths];
  await stderr.write(
    `${style.bad("potassium:")} ${text.filter((part) => part !== "").join(" ")}\n`,
  );
  if (!verbose) return;
  const lines = [
    ...(failure.details ?? []),
    ...problems.map(({ path, problem }) => `${path}: ${problem}`),
    ...causesOf(error),
    ...(failure.code === "UNEXPECTED" ? stackOf(error) : []),
  ];
  for (const line of lines) await stderr.write(`  ${oneLine(line)}\n`);
}

const sentence = (text: string): string =>
  /[?!]$/.test(text) ? text : `${text.replace(/[.:]$/, "")}.`;

/** What lies behind an error, outermost first. */
function causesOf(error: unknown): readonly string[] {
  const lines: string[] = [];
  let cause = error instanceof Error ? error.cause : undefined;
  while (cause !== undefined && lines.length < 20) {
    const code = cause instanceof Error && "code" in cause ? ` [${cause.code}]` : "";
    const text = cause instanceof Error ? `${cause.name}${code}: ${cause.message}` : String(cause);
    lines.push(`caused by ${text}`);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines;
}

function stackOf(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
