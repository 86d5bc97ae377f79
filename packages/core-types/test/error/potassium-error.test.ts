import { expect, test, vi } from "vitest";
import {
  hasErrorCode,
  PatchError,
  PotassiumError,
  ProviderError,
  RegistryError,
  RelayError,
} from "../../src/index.js";

test("a PotassiumError carries its code, message, field and cause", () => {
  const cause = new Error("below");
  const error = new PotassiumError("NOT_FOUND", "there is no a", { cause, field: "id" });
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("PotassiumError");
  expect([error.code, error.message, error.field, error.cause]).toEqual([
    "NOT_FOUND",
    "there is no a",
    "id",
    cause,
  ]);
});

test("a PotassiumError without details has no cause and no field of its own", () => {
  const error = new PotassiumError("TIMEOUT", "too late");
  expect(Object.hasOwn(error, "cause")).toBe(false);
  expect(Object.hasOwn(error, "field")).toBe(false);
  expect(Object.keys(error)).toEqual(["code"]);
});

test("a cause of null is kept", () => {
  expect(new PotassiumError("TIMEOUT", "too late", { cause: null }).cause).toBeNull();
});

test.each([
  [ProviderError, "ProviderError"],
  [RegistryError, "RegistryError"],
  [RelayError, "RelayError"],
  [PatchError, "PatchError"],
] as const)("the name of %o is inherited, and shows in its stack", (ErrorClass, name) => {
  const error = new ErrorClass("INVALID_ARGUMENT", "bad");
  expect(error).toBeInstanceOf(PotassiumError);
  expect(error.name).toBe(name);
  expect(Object.hasOwn(error, "name")).toBe(false);
  expect(error.stack).toContain("bad");
  expect(String(error)).toBe(`${name}: bad`);
});

test("hasErrorCode knows each of the given codes and no other", () => {
  const error = new PotassiumError("NOT_FOUND", "there is no a");
  expect(hasErrorCode(error, "NOT_FOUND")).toBe(true);
  expect(hasErrorCode(error, "TIMEOUT", "NOT_FOUND")).toBe(true);
  expect(hasErrorCode(error, "TIMEOUT")).toBe(false);
  expect(hasErrorCode(error)).toBe(false);
});

test.each([undefined, null, "NOT_FOUND", { code: "NOT_FOUND" }, new Error("NOT_FOUND")])(
  "hasErrorCode takes %o for none of ours",
  (value) => {
    expect(hasErrorCode(value, "NOT_FOUND")).toBe(false);
  },
);

test("hasErrorCode knows the error of another copy of the package", async () => {
  vi.resetModules();
  const other = await import("../../src/index.js");
  const error = new other.RegistryError("NOT_FOUND", "there is no a");
  expect(error).not.toBeInstanceOf(PotassiumError);
  expect(hasErrorCode(error, "NOT_FOUND")).toBe(true);
});
