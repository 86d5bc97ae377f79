/** A call to a relay's API. */
export interface RelayRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** From the root of the host, escaped. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What a relay answered, read to its end. */
export interface RelayAnswer {
  readonly status: number;
  /** The header of a redirect. */
  readonly location: string | undefined;
  readonly body: string;
}

const excerptLength = 300;

/** The start of an answer's body, on one line, fit to stand in a message. */
export function excerpt(body: string): string {
  const line = body
    .slice(0, 4 * excerptLength)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (line === "") return "(empty body)";
  return line.length > excerptLength ? `${line.slice(0, excerptLength)}…` : line;
}
