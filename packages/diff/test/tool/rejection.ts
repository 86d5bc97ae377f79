import type { PatchError } from "@potassium/core-types";

/** The error of a call that must fail. */
export async function rejection(call: Promise<unknown>): Promise<PatchError> {
  const answer = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("error" in answer) return answer.error as PatchError;
  throw new Error(`expected an error, not ${JSON.stringify(answer.value)}`);
}
