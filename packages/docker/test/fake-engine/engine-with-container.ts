import { FakeEngine } from "./fake-engine.js";
import { json } from "./reply.js";

/** How an engine describes a container in such a state. */
export const inState = (id: string, state: string) =>
  json(200, {
    Id: id,
    Name: `/${id}`,
    State: { Status: state, Running: state === "running" },
    Config: { Image: "localhost/game:1", Labels: {} },
    HostConfig: {},
  });

/** A fake engine with one container, or with none where it has no state. */
export async function engineWithContainer(id: string, state: string | undefined) {
  const engine = await FakeEngine.start();
  return engine.on("GET", new RegExp(`^/containers/${id}/json$`), () =>
    state === undefined ? json(404, { message: "No such container" }) : inState(id, state),
  );
}
