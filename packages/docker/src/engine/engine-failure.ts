import { DockerError } from "../docker-error.js";

/**
 * The engine's own "no": an answer with a status that the request did not hope for. Where nobody knows
 * more about it, it goes to the caller as it is, so it has a code.
 */
export class EngineFailure extends DockerError {
  readonly status: number;
  /** What the engine says, without the HTTP around it and without the request's secrets. */
  readonly reason: string;
  /** The engine's very words, which no message and no dump of the error shows. */
  readonly #words: string;

  /** @param secrets what must not be shown, should the engine repeat it. */
  constructor(status: number, words: string, secrets: readonly string[] = []) {
    const reason = withoutSecrets(words, secrets).slice(0, 2000);
    // Podman has 500 for a container that goes while it looks.
    const gone = status === 500 && /does not exist in database: no such container/i.test(words);
    super(codeOf(gone ? 404 : status), `the engine answered ${status}: ${reason}`);
    this.status = gone ? 404 : status;
    this.reason = reason;
    this.#words = words;
  }

  /** Whether the engine's words match: those that hid a secret as well. */
  says(pattern: RegExp): boolean {
    return pattern.test(this.#words);
  }
}

// In a statement of its own: a static block that names its class makes the bundler rename it.
EngineFailure.prototype.name = "EngineFailure";

function codeOf(status: number): DockerError["code"] {
  if (status === 401 || status === 403) return "UNAUTHORIZED";
  if (status === 429 || (status >= 502 && status <= 504)) return "UNAVAILABLE";
  return status === 404 ? "NOT_FOUND" : "BAD_RESPONSE";
}

export function isFailure(error: unknown, ...statuses: readonly number[]): error is EngineFailure {
  return error instanceof EngineFailure && statuses.includes(error.status);
}

/** The reason in the body of an engine's answer: the `message` of its JSON, or its text. */
export function reasonIn(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    if (typeof message === "string") return message;
  } catch {
    // Proxies before an engine answer in plain text.
  }
  return body.trim();
}

/** Shorter ones would tear holes into every message; of variables they are hidden with their names. */
const minSecretLength = 4;

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const spellings = secrets
    .filter((secret) => secret.length >= minSecretLength)
    // As JSON has it, too, where the engine repeats what it was sent.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  // The longest first, so that none leaves the rest of another.
  return [...new Set(spellings)]
    .sort((a, b) => b.length - a.length)
    .reduce((shown, spelling) => shown.replaceAll(spelling, "***"), text);
}
