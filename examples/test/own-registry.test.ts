import type { AbortOptions, ServerChange, ServerInfo, ServerInput } from "@potassium/core-types";
// #region conformance
import { testServerRegistry } from "@potassium/core-types/conformance";
import { Registry } from "@potassium/registry"; // or your own
import { describe, test } from "vitest"; // or from "node:test"
import { changed, parseServer } from "../core-types/own-registry.js";

testServerRegistry({ test, create: () => new Registry() });
// #endregion

class ParsingRegistry extends Registry {
  override register(server: ServerInput, options?: AbortOptions): ServerInfo {
    return super.register(parseServer(server), options);
  }

  override update(
    id: string,
    change: ServerChange | ((server: ServerInfo) => ServerChange),
    options?: AbortOptions,
  ): ServerInfo {
    return super.update(id, (server) => changed(server, change), options);
  }
}

describe("with the README's own parsing", () => {
  testServerRegistry({ test, create: () => new ParsingRegistry() });
});
