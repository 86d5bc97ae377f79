/** What was found of one thing that this machine may have. */
export interface Check {
  /** As `--require` names it. */
  readonly name: string;
  /** `failed`: it is there, or was asked for, and does not work. */
  readonly state: "ok" | "missing" | "failed";
  /** What was found, or why it is not. */
  readonly detail: string;
  /** What to do about it, where anything is. */
  readonly advice?: string;
}

/** Carries out a check: what it throws is what was found. */
export async function checked(
  name: string,
  signal: AbortSignal,
  look: () => Promise<string>,
  whenMissing: string,
): Promise<Check> {
  try {
    return { name, state: "ok", detail: await look() };
  } catch (error) {
    signal.throwIfAborted();
    const { failureOf } = await import("../../exit/failure.js");
    const { code, message } = failureOf(error);
    const isMissing = ["ENGINE_UNAVAILABLE", "CODEC_UNAVAILABLE", "UNAVAILABLE"].includes(code);
    return { name, state: isMissing ? "missing" : "failed", detail: message, advice: whenMissing };
  }
}
