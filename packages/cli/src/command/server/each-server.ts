import type { Output } from "../../output/output.js";
import { messageOf, tellFailure } from "../../output/tell-failure.js";

/**
 * Does the same to several servers side by side, and waits until all have ended.
 *
 * @throws the first server's failure; those of others are told before, the same words once.
 */
export async function eachServer(
  ids: readonly string[],
  output: Output,
  work: (id: string) => Promise<void>,
): Promise<void> {
  const outcomes = await Promise.allSettled([...new Set(ids)].map((id) => work(id)));
  const [first, ...others] = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason as unknown] : [],
  );
  const told = new Set([messageOf(first)]);
  for (const reason of others) {
    const message = messageOf(reason);
    if (told.has(message)) continue;
    told.add(message);
    await tellFailure(output, reason);
  }
  if (first !== undefined) throw first;
}
