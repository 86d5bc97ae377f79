import type { Readiness } from "../../provider/readiness.js";

/** A datagram to ask a server with, and what counts as its answer. */
export interface UdpQuery {
  readonly datagram: Buffer;
  isAnswer(answer: Uint8Array): boolean;
  /** What is wrong with another answer, for the message. */
  readonly otherwise: string;
}

type UdpProbe = Extract<Readiness, { type: "udp" }>["probe"];

/** The query that a request's readiness asks for. */
export function udpQuery(probe: UdpProbe): UdpQuery {
  if (probe === "raknet") return raknetPing;
  if (probe === "a2s") return a2sInfo;
  const expected = Buffer.from(probe.expect ?? "", "hex");
  return {
    datagram: Buffer.from(probe.send, "hex"),
    isAnswer: (answer) => expected.equals(answer.subarray(0, expected.length)),
    otherwise: `does not begin with ${expected.toString("hex")}`,
  };
}

/** @see https://minecraft.wiki/w/RakNet: unconnected ping 0x01 and pong 0x1c */
const raknetMagic = Buffer.from("00ffff00fefefefefdfdfdfd12345678", "hex");

const raknetPing: UdpQuery = {
  // Id, time, magic, the client's id: eight bytes each but the id and the magic.
  datagram: Buffer.concat([
    Buffer.from([0x01]),
    Buffer.alloc(8),
    raknetMagic,
    Buffer.alloc(8, 0x42),
  ]),
  // Id, time, the server's id, magic.
  isAnswer: (answer) => answer[0] === 0x1c && raknetMagic.equals(answer.subarray(17, 33)),
  otherwise: "is no RakNet unconnected pong",
};

/**
 * An answer is the information (`I`, or `m` from GoldSource), or the challenge (`A`) that newer servers
 * want to have repeated first: it is up either way. The first byte of the header is 0xfe where the
 * answer comes in several datagrams.
 *
 * @see https://developer.valvesoftware.com/wiki/Server_queries#A2S_INFO
 */
const a2sInfo: UdpQuery = {
  datagram: Buffer.concat([
    Buffer.from([0xff, 0xff, 0xff, 0xff, 0x54]),
    Buffer.from("Source Engine Query\0", "latin1"),
  ]),
  isAnswer: (answer) =>
    Buffer.from([0xff, 0xff, 0xff]).equals(answer.subarray(1, 4)) &&
    (answer[0] === 0xfe ||
      (answer[0] === 0xff && "AIm".includes(String.fromCharCode(answer[4] ?? 0)))),
  otherwise: "is no answer to A2S_INFO",
};
