import { expect, test } from "vitest";
import { udpQuery } from "../../../src/provider-kit/readiness/udp-query.js";

const bytes = (hex: string) => Buffer.from(hex.replaceAll(" ", ""), "hex");
const magic = "00ffff00fefefefefdfdfdfd12345678";

test("the RakNet query is an unconnected ping, and a pong with the magic answers it", () => {
  const { datagram, isAnswer } = udpQuery("raknet");
  expect(datagram.length).toBe(33);
  expect(datagram[0]).toBe(0x01);
  expect(datagram.subarray(9, 25)).toEqual(bytes(magic));
  expect(isAnswer(bytes(`1c 0000000000000000 1122334455667788 ${magic} 0004 4d435045`))).toBe(true);
  expect(isAnswer(bytes(`1d 0000000000000000 1122334455667788 ${magic}`))).toBe(false);
  expect(isAnswer(bytes("1c"))).toBe(false);
  expect(isAnswer(datagram)).toBe(false);
});

test("the A2S query is answered by information, by a challenge and by a split answer", () => {
  const { datagram, isAnswer } = udpQuery("a2s");
  expect(datagram).toEqual(Buffer.from("\xff\xff\xff\xffTSource Engine Query\0", "latin1"));
  expect(isAnswer(bytes("ffffffff 49 11 00"))).toBe(true);
  expect(isAnswer(bytes("ffffffff 41 01020304"))).toBe(true);
  expect(isAnswer(bytes("ffffffff 6d"))).toBe(true);
  expect(isAnswer(bytes("feffffff 01000000"))).toBe(true);
  expect(isAnswer(bytes("ffffffff"))).toBe(false);
  expect(isAnswer(bytes("ffffff"))).toBe(false);
  expect(isAnswer(datagram)).toBe(false);
});

test("bytes of one's own are answered by what begins as expected, or by anything", () => {
  const { datagram, isAnswer } = udpQuery({ send: "DEADBEEF", expect: "0102" });
  expect(datagram).toEqual(bytes("deadbeef"));
  expect(isAnswer(bytes("010203"))).toBe(true);
  expect(isAnswer(bytes("01"))).toBe(false);
  expect(udpQuery({ send: "00" }).isAnswer(bytes("ff"))).toBe(true);
});
