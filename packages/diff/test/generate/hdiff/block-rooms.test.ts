import { describe, expect, test } from "vitest";
import { BlockRooms } from "../../../src/generate/hdiff/block-rooms.js";

/** Whether a promise is settled once all that can run now has run. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const note = (): void => {
    settled = true;
  };
  promise.then(note, note);
  await new Promise((resolve) => setImmediate(resolve));
  return settled;
}

test("so many rooms are made and no more: who comes then gets one that is given back, in turn", async () => {
  const rooms = new BlockRooms(2, 100);
  const [one, other] = [await rooms.take(), await rooms.take()];
  expect([one.byteLength, other.byteLength]).toEqual([100, 100]);
  expect(one).not.toBe(other);
  const [third, fourth] = [rooms.take(), rooms.take()];
  expect(await isSettled(third)).toBe(false);
  rooms.give(other);
  expect(await third).toBe(other);
  expect(await isSettled(fourth)).toBe(false);
  rooms.give(one);
  expect(await fourth).toBe(one);
});

test("a room that is given back is the next one's", async () => {
  const rooms = new BlockRooms(2, 100);
  const room = await rooms.take();
  rooms.give(room);
  expect(await rooms.take()).toBe(room);
});

describe("when what was in a room failed", () => {
  test("nobody waits for it", async () => {
    const rooms = new BlockRooms(1, 100);
    await rooms.take();
    const waiting = [rooms.take(), rooms.take()];
    rooms.fail("broken");
    rooms.fail("broken by that");
    for (const outcome of await Promise.allSettled(waiting)) {
      expect(outcome).toEqual({ status: "rejected", reason: "broken" });
    }
    await expect(rooms.take()).rejects.toBe("broken");
  });
});
