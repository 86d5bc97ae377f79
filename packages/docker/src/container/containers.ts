import type { Server, ServerFilter } from "@potassium/core-types";
import { checkServerId, matchesServerFilter } from "@potassium/core-types/provider-kit";
import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import type { EngineClient } from "../engine/engine-client.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { inspectedStatus } from "./container-status.js";
import {
  InspectedContainer,
  ListedContainer as Listed,
  type ListedContainer,
  plainName,
} from "./engine-container.js";
import { inspectedServer, listedServer } from "./to-server.js";
import { filters, fromLabels, type Wanted } from "./wanted.js";

/** A container of ours: as the engine describes it, and as it was asked for. */
export interface OwnContainer {
  readonly inspected: InspectedContainer;
  readonly wanted: Wanted;
}

/** The containers of one namespace. No other's is ever seen. */
export class Containers {
  readonly #client: EngineClient;
  readonly #namespace: string;

  constructor(client: EngineClient, namespace: string) {
    this.#client = client;
    this.#namespace = namespace;
  }

  /** In one request, whatever their number. Oldest first. */
  async list(filter: ServerFilter = {}, signal?: AbortSignal): Promise<readonly Server[]> {
    const listed = await this.#listRaw(filters.namespace(this.#namespace), signal);
    const servers = listed.flatMap((container) => {
      const wanted = fromLabels(container.Labels ?? {}, this.#namespace);
      return wanted === undefined ? [] : [listedServer(container, wanted)];
    });
    return Object.freeze(
      servers.filter((server) => matchesServerFilter(server, filter)).sort(byAge),
    );
  }

  /** What each container of the namespace asked for, stopped ones included. */
  async wanted(signal?: AbortSignal): Promise<readonly Wanted[]> {
    const listed = await this.#listRaw(filters.namespace(this.#namespace), signal);
    return listed.flatMap(({ Labels }) => fromLabels(Labels ?? {}, this.#namespace) ?? []);
  }

  /** The container that was made with this idempotency key. */
  async byKey(key: string, signal?: AbortSignal): Promise<OwnContainer | undefined> {
    const listed = await this.#listRaw(filters.key(this.#namespace, key), signal);
    const found = listed.find(
      ({ Labels }) => fromLabels(Labels ?? {}, this.#namespace)?.idempotencyKey === key,
    );
    return found === undefined ? undefined : this.find(found.Id, signal);
  }

  /** Ids of the containers that one attempt to allocate has made. */
  async idsOfAttempt(attempt: string): Promise<readonly string[]> {
    return (await this.#listRaw(filters.attempt(attempt))).map(({ Id }) => Id);
  }

  /**
   * By id or exact name. The engine would take the beginning of an id as well.
   *
   * @throws {ProviderError} `INVALID_ARGUMENT` for what is no id
   */
  async find(id: string, signal?: AbortSignal): Promise<OwnContainer | undefined> {
    checkServerId(id);
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(id)) return undefined;
    try {
      const inspected = await this.#client.json(
        { method: "GET", path: containerPath(id, "/json"), signal },
        InspectedContainer,
      );
      const wanted = fromLabels(inspected.Config.Labels, this.#namespace);
      const exact = inspected.Id === id || plainName(inspected.Name) === id;
      return wanted === undefined || !exact ? undefined : { inspected, wanted };
    } catch (error) {
      if (isFailure(error, 404)) return undefined;
      throw error;
    }
  }

  /** Whether the engine has a container of this name, whoever's it is. */
  async exists(name: string, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.#client.plain({ method: "GET", path: containerPath(name, "/json"), signal });
      return true;
    } catch (error) {
      if (isFailure(error, 404)) return false;
      throw error;
    }
  }

  /** @throws {DockerError} `NOT_FOUND` */
  async require(id: string, signal?: AbortSignal): Promise<OwnContainer> {
    return requirePresent(await this.find(id, signal), id);
  }

  /** @throws {DockerError} `NOT_FOUND`, `NOT_RUNNING` */
  async requireRunning(id: string, signal?: AbortSignal): Promise<OwnContainer> {
    const found = await this.require(id, signal);
    if (found.inspected.State.Running) return found;
    throw new DockerError(
      "NOT_RUNNING",
      `server ${JSON.stringify(id)} is not running: it is ${inspectedStatus(found.inspected).state}`,
    );
  }

  async server(
    id: string,
    warnings: readonly string[] = [],
    signal?: AbortSignal,
  ): Promise<Server> {
    const { inspected, wanted } = await this.require(id, signal);
    return inspectedServer(inspected, wanted, warnings);
  }

  async #listRaw(filter: object, signal?: AbortSignal): Promise<ListedContainer[]> {
    const query = { all: true, filters: JSON.stringify(filter) };
    const request = { method: "GET", path: "/containers/json", query, signal } as const;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#client.json(request, z.array(Listed));
      } catch (error) {
        // Podman's whole list fails where one of its containers goes meanwhile.
        if (!isFailure(error, 404) || attempt === 20) throw error;
      }
    }
  }
}

function byAge(one: Server, other: Server): number {
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** @throws {DockerError} `NOT_FOUND` */
export function requirePresent(found: OwnContainer | undefined, id: string): OwnContainer {
  if (found !== undefined) return found;
  throw new DockerError("NOT_FOUND", `there is no server ${JSON.stringify(id)}`);
}
