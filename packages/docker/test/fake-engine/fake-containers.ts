import * as z from "zod";
import type { FakeEngine, SeenRequest } from "./fake-engine.js";
import { empty, json } from "./reply.js";

const Body = z.looseObject({ Image: z.string(), Labels: z.record(z.string(), z.string()) });

interface FakeContainer {
  readonly Id: string;
  readonly name: string;
  readonly body: z.infer<typeof Body>;
  state: "created" | "running" | "stopping" | "exited";
}

/** Gives a fake engine images that are there and containers that do as they are told. */
export class FakeContainers {
  readonly all = new Map<string, FakeContainer>();
  #count = 0;

  constructor(engine: FakeEngine) {
    engine
      .on("GET", /^\/images\//, () => json(200, {}))
      .on("GET", /^\/containers\/json$/, (request) => json(200, this.#list(request)))
      .on("POST", /^\/containers\/create$/, (request) => this.create(request))
      .on("POST", /^\/containers\/\w+\/start$/, (request) => {
        this.start(request);
        return empty(204);
      })
      .on("POST", /^\/containers\/\w+\/stop$/, (request) => this.#stop(request))
      .on("GET", /^\/containers\/[\w.-]+\/json$/, (request) => this.#inspect(request))
      .on("DELETE", /^\/containers\/\w+$/, ({ path }) => {
        const gone = this.all.delete(path.split("/")[2] ?? "");
        return gone ? empty(204) : json(404, { message: "No such container" });
      });
  }

  create({ query, body }: SeenRequest) {
    this.#count += 1;
    const Id = String(this.#count).padStart(64, "0");
    const name = query.get("name") ?? "";
    if (this.#named(name) !== undefined) {
      const message = `Conflict. The container name "/${name}" is already in use by container "${Id}".`;
      return json(409, { message });
    }
    this.all.set(Id, { Id, name, body: Body.parse(JSON.parse(body)), state: "created" });
    return json(201, { Id, Warnings: [] });
  }

  start({ path }: SeenRequest): void {
    const container = this.all.get(path.split("/")[2] ?? "");
    if (container !== undefined) container.state = "running";
  }

  #stop({ path }: SeenRequest) {
    const container = this.all.get(path.split("/")[2] ?? "");
    if (container === undefined) return json(404, { message: "No such container" });
    if (container.state === "exited") return empty(304);
    container.state = "exited";
    return empty(204);
  }

  #named(name: string): FakeContainer | undefined {
    return [...this.all.values()].find((container) => container.name === name);
  }

  #list({ query }: SeenRequest) {
    const { label = [] } = z
      .object({ label: z.array(z.string()).optional() })
      .parse(JSON.parse(query.get("filters") ?? "{}"));
    return [...this.all.values()]
      .filter(({ body }) => {
        const labels = Object.entries(body.Labels).map(([key, value]) => `${key}=${value}`);
        return label.every((wanted) => labels.includes(wanted));
      })
      .map(({ Id, name, body, state }) => ({
        Id,
        Names: [`/${name}`],
        Image: body.Image,
        Labels: body.Labels,
        State: state,
        Status: state === "exited" ? "Exited (137) 1 second ago" : "",
      }));
  }

  #inspect({ path }: SeenRequest) {
    const id = path.split("/")[2] ?? "";
    const container = this.all.get(id) ?? this.#named(id);
    if (container === undefined) return json(404, { message: "No such container" });
    const { Id, name, body, state } = container;
    return json(200, {
      Id,
      Name: `/${name}`,
      State: { Status: state, Running: state === "running" },
      Config: { Image: body.Image, Labels: body.Labels },
      HostConfig: {},
    });
  }
}
