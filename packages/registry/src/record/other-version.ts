import { RegistryError, type ServerRecord } from "@potassium/core-types";

/** @throws {RegistryError} `CONFLICT` where a record has another version than the caller asks for. */
export function expectVersion({ id, version }: ServerRecord, ifVersion: number | undefined): void {
  if (ifVersion === undefined || ifVersion === version) return;
  throw otherVersion(id, version, ifVersion);
}

export function otherVersion(id: string, version: number, ifVersion: number): RegistryError {
  const message = `server ${JSON.stringify(id)} has version ${version}, not ${ifVersion}: get it and decide anew`;
  return new RegistryError("CONFLICT", message, { field: "ifVersion" });
}
