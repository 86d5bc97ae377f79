import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { ProviderError } from "@potassium/core-types";
import { releaseClaim, takeClaim } from "../claim/claim-file.js";
import { userFolder } from "../claim/user-folder.js";
import { type ServerFolder, serverFolder } from "./server-folder.js";
import { sweepTemporary } from "./sweep-temporary.js";

/** The folder that a provider has for itself as long as it is open. */
export class StateFolder {
  readonly path: string;
  /** What all providers of this user share. */
  readonly shared: string;
  readonly #temporary: boolean;
  readonly #token: string;

  /**
   * @param path left out, a temporary folder is made.
   * @throws {ProviderError} `CONFLICT` where another provider has it open.
   */
  static async open(path: string | undefined): Promise<StateFolder> {
    const shared = await userFolder();
    const folder = new StateFolder(path, shared);
    if (path === undefined) await sweepTemporary(shared, folder.#token);
    await mkdir(folder.servers, { recursive: true, mode: 0o700 });
    await mkdir(folder.sockets, { recursive: true, mode: 0o700 });
    if (await takeClaim(folder.#claim, folder.#token)) return folder;
    throw new ProviderError(
      "CONFLICT",
      `another provider has the state folder ${folder.path} open`,
      {
        field: "stateFolder",
      },
    );
  }

  private constructor(path: string | undefined, shared: string) {
    this.#token = randomBytes(8).toString("hex");
    this.#temporary = path === undefined;
    this.shared = shared;
    this.path = path ?? join(shared, `state-${this.#token}`);
  }

  /** The folders of the servers, by their ids. */
  get servers(): string {
    return join(this.path, "servers");
  }

  /** For sockets whose path would be too long here. */
  get sockets(): string {
    return join(this.shared, "sockets");
  }

  /** The path, where nobody needs what is in it after its provider. */
  get temporaryPath(): string | undefined {
    return this.#temporary ? this.path : undefined;
  }

  get ports(): string {
    return join(this.shared, "ports");
  }

  server(id: string): ServerFolder {
    return serverFolder(join(this.servers, id));
  }

  /** Lets another provider open it. */
  async close(): Promise<void> {
    if (this.#temporary) await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
    else await releaseClaim(this.#claim, this.#token);
  }

  get #claim(): string {
    return join(this.path, "provider.claim");
  }
}
