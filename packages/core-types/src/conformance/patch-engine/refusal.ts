import assert from "node:assert/strict";
import type { PotassiumError } from "../../error/potassium-error.js";
import type { PatchErrorCode } from "../../update/patch-error.js";
import { rejectionOf } from "../expect-code.js";
import type { WorkFolder } from "./work-folder.js";

/** The error of a call that must fail with one of the codes, and leave the folder as it was. */
export async function expectRefusal(
  folder: WorkFolder,
  codes: readonly PatchErrorCode[],
  call: () => Promise<unknown>,
): Promise<PotassiumError> {
  const error = await folder.expectUntouched(() => rejectionOf(call));
  assert.ok(error instanceof Error, `expected an error, not ${String(error)}`);
  const { code } = error as PotassiumError<PatchErrorCode>;
  assert.ok(codes.includes(code), `expected ${codes.join(" or ")}, not ${code}: ${error.message}`);
  return error as PotassiumError;
}
