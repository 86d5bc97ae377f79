/** A message of a library, in the words of the command. */
export interface OwnWords {
  readonly message: string;
  /** What it also tells, for `--verbose`. */
  readonly details: readonly string[];
}

/**
 * The libraries name their options, and a program that isn't there is told with every place where it was looked for: the
 * command has other names, and one line.
 */
export function ownWords(message: string): OwnWords {
  const [, what, tried, then] =
    /^(there is no \w+ here); tried (.*?)\. (Get it .*)$/s.exec(message) ?? [];
  const short = what === undefined || then === undefined ? message : `${what}. ${then}`;
  return {
    message: replaced(short),
    details: tried === undefined ? [] : tried.split(", ").map((place) => `tried ${place}`),
  };
}

const replaced = (message: string): string =>
  message
    .replace("by the option tools.", "by --")
    .replace("the option tools.", "--")
    .replace("by pinTool()", "by potassium diff tools pin")
    .replace(/: give a full update$/, "$& (update build makes one without --from, or by --full)");

/** Whether a message says by itself what to do: "…: wait for its end". Then no advice is added. */
export const tellsWhatToDo = (message: string): boolean =>
  /[:;.,] (?:and )?(?:give|wait for|remove what|move it|end it|get it|try again|leave it out|pin it)\b/i.test(
    message,
  );
