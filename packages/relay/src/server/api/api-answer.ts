/** An answer of the HTTP API: the bytes that Peel gives. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A plain-text reason. Peel's end in a newline. */
export function textAnswer(status: number, text: string, headers = {}): ApiAnswer {
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
    body: text,
  };
}

/** JSON as it is, with or without the newline that Peel puts after most of it. */
export function jsonAnswer(
  status: number,
  body: string,
  contentType = "application/json; charset=utf-8",
): ApiAnswer {
  return { status, headers: { "content-type": contentType }, body };
}
