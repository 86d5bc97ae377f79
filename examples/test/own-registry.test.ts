import type {
  RegisterOptions,
  ServerChange,
  ServerInput,
  ServerRecord,
  VersionOptions,
} from "@potassium/core-types";
// #region conformance
import { testServerRegistry } from "@potassium/core-types/conformance";
import { Registry } from "@potassium/registry"; // or your own
import { describe, test } from "vitest"; // or from "node:test"
import { changed, parseServer } from "../core-types/own-registry.js";

testServerRegistry({ test, create: (settings) => new Registry(settings) });
// #endregion

class ParsingRegistry extends Registry {
  override register(server: ServerInput, options?: RegisterOptions): ServerRecord {
    return super.register(parseServer(server), options);
  }

  override update(
    id: string,
    change: ServerChange | ((server: ServerRecord) => ServerChange),
    options?: VersionOptions,
  ): ServerRecord {
    return super.update(id, (server) => changed(server, change), options);
  }
}

describe("with the README's own parsing", () => {
  testServerRegistry({ test, create: (settings) => new ParsingRegistry(settings) });
});
