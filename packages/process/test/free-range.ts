import { randomInt } from "node:crypto";
import { probePort } from "../src/ports/bind-probe.js";

/** Ports in a row that nobody listens on, below those that systems give out by themselves. */
export async function freeRange(count: number) {
  for (;;) {
    const first = randomInt(11_000, 19_000);
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    const outcomes = await Promise.all(
      numbers.flatMap((port) => [
        probePort("udp", "127.0.0.1", port),
        probePort("tcp", "127.0.0.1", port),
      ]),
    );
    if (outcomes.every((outcome) => outcome === "free")) {
      return { first, count, range: `${first}-${first + count - 1}` };
    }
  }
}
