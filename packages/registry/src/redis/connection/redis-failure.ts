import { RegistryError, type RegistryErrorCode } from "@potassium/core-types";

/** The connection broke after a command was sent: whether it was done is not known. */
export class AnswerLost extends RegistryError {}

/** What to make of an error that Redis answered. */
export type RefusalKind = "unknown-script" | "retry" | "final";

export function refusalKind(error: Error): RefusalKind {
  const word = firstWord(error);
  if (word === "NOSCRIPT") return "unknown-script";
  // Redis is starting, or at another's long script: nothing was done.
  return word === "LOADING" || word === "BUSY" || word === "TRYAGAIN" ? "retry" : "final";
}

/** Whether Redis will refuse the next connection as well: its user, password or database are wrong. */
export function refusesConnection(error: unknown): boolean {
  return isUnauthorized(error) || hasNoDatabase(error);
}

function isUnauthorized(error: unknown): boolean {
  const word = firstWord(error);
  if (word === "WRONGPASS" || word === "NOAUTH" || word === "NOPERM") return true;
  if (!(error instanceof Error)) return false;
  // What Redis says to a long command of one who has not logged in, and to a password where it has none.
  return error.message.includes("unauthenticated") || /^ERR .*\bAUTH\b/.test(error.message);
}

function hasNoDatabase(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("ERR DB index is out of range");
}

/** What Redis refused, as an error of ours. */
export function refusal(error: Error, address: string): RegistryError {
  if (hasNoDatabase(error)) {
    const message = `Redis at ${address} has no database of the url's number: choose a lower one`;
    return new RegistryError("INVALID_ARGUMENT", message, { field: "url", cause: error });
  }
  const [code, advice] = meaningOf(error);
  const message = `Redis at ${address} refused: ${error.message.slice(0, 300)}: ${advice}`;
  return new RegistryError(code, message, { cause: error });
}

function meaningOf(error: Error): readonly [RegistryErrorCode, string] {
  // Redis quotes the user's name and an unknown command, never a password.
  if (isUnauthorized(error)) return ["UNAUTHORIZED", "check user, password and permissions"];
  switch (firstWord(error)) {
    case "LOADING":
    case "BUSY":
    case "TRYAGAIN":
      return ["UNAVAILABLE", "try again later"];
    case "READONLY":
    case "MASTERDOWN":
    case "NOREPLICAS":
      return ["UNAVAILABLE", "it takes no writes now: connect to the primary"];
    case "MOVED":
    case "ASK":
    case "CLUSTERDOWN":
    case "CROSSSLOT":
      return [
        "UNAVAILABLE",
        "this node of the cluster does not hold the namespace: connect to the one that does",
      ];
    case "OOM":
      return ["UNAVAILABLE", "its memory is full: raise maxmemory"];
    case "MISCONF":
      return ["UNAVAILABLE", "it can't save: look at its log"];
    default:
      return [
        "BAD_RESPONSE",
        "what is stored under the namespace was not written by this registry, or this is no Redis 7",
      ];
  }
}

function firstWord(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const inner = "originalError" in error ? error.originalError : error;
  const text = inner instanceof Error ? inner.message : error.message;
  // A script's own error names the command's error after its place.
  return (
    /(?:^|\b)(LOADING|OOM|READONLY|NOPERM|MISCONF|NOREPLICAS)\b/.exec(text)?.[1] ??
    text.split(" ", 1)[0] ??
    ""
  );
}
