import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import type { ProviderSuite } from "./suite.js";

export function testDisposing({ test, create, image }: ProviderSuite): void {
  test("a provider can be disposed of twice, and then refuses every call with DISPOSED", async () => {
    const provider = await create();
    const { id } = await provider.allocate({ image });
    const stream = provider.events()[Symbol.asyncIterator]();
    await provider.deallocate(id);
    await provider[Symbol.asyncDispose]();
    await provider[Symbol.asyncDispose]();
    // What was told before the end is still handed out; then the stream ends.
    for (;;) {
      const { done } = await stream.next();
      if (done) break;
    }
    for (const call of [
      () => provider.allocate({ image }),
      () => provider.list(),
      () => provider.get(id),
      () => provider.deallocate(id),
      () => provider.restart(id),
      () => provider.logs(id),
      () => provider.stats(id),
      () => provider.exec(id, ["node"]),
      () => provider.copyFolderTo(id, "/x", "."),
      () => provider.copyFolderFrom(id, "/x", "none"),
      () => provider.events()[Symbol.asyncIterator]().next(),
    ]) {
      await expectCode("DISPOSED", call);
    }
  });

  test("two providers dispose of themselves without disturbing each other", async () => {
    const one = await create();
    const two = await create();
    try {
      const { id } = await two.allocate({ image });
      await one[Symbol.asyncDispose]();
      assert.equal((await two.get(id))?.status.state, "running");
      await two.deallocate(id);
    } finally {
      await two[Symbol.asyncDispose]();
    }
  });
}
