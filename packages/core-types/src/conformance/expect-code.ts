import assert from "node:assert/strict";
import type { ErrorCode } from "../error/error-code.js";
import type { PotassiumError } from "../error/potassium-error.js";

/** The error that `call` rejects with, which must carry `code` and say something. */
export async function expectCode(
  code: ErrorCode,
  call: () => PromiseLike<unknown> | unknown,
): Promise<PotassiumError> {
  const error = await rejectionOf(call);
  assert.ok(
    error instanceof Error,
    `expected an error with the code ${code}, not ${String(error)}`,
  );
  assert.equal(
    (error as PotassiumError).code,
    code,
    `wrong code; the message is: ${error.message}`,
  );
  assert.notEqual(error.message, "");
  return error as PotassiumError;
}

/** What `call` throws or rejects with; that it does neither fails. */
export async function rejectionOf(call: () => PromiseLike<unknown> | unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return assert.fail("expected a rejection, but the call resolved");
}
