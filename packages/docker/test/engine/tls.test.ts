import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { createServer } from "node:tls";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { DockerProvider, type TlsFiles } from "../../src/index.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";

const openssl = (...args: string[]) => promisify(execFile)("openssl", args);

/** A certificate that signs itself, for 127.0.0.1. */
async function certificate(folder: string, name: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [`${folder}/${name}.pem`, `${folder}/${name}.key`];
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"];
  const what = [
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
  ];
  await openssl("req", ...what, "-keyout", key, "-out", cert, ...subject);
  return { cert: await readFile(cert, "utf8"), key: await readFile(key, "utf8") };
}

/** Lets a client with the right certificate through to the engine. */
async function tlsFront(
  engine: FakeEngine,
  server: { cert: string; key: string },
  clientCa: string,
) {
  const front = createServer({
    ...server,
    ca: clientCa,
    requestCert: true,
    rejectUnauthorized: true,
  });
  front.on("secureConnection", (secure) => {
    const plain = connect(engine.path);
    secure.on("error", () => plain.destroy());
    plain.on("error", () => secure.destroy());
    secure.pipe(plain).pipe(secure);
  });
  front.on("tlsClientError", () => {});
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const address = front.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return {
    host: `tcp://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => void front.close(),
  };
}

test("an engine behind TLS is reached with the right certificates, and with no others", async () => {
  await using folder = await temporaryFolder();
  await using engine = await FakeEngine.start();
  const server = await certificate(folder.path, "server");
  const client = await certificate(folder.path, "client");
  await using front = await tlsFront(engine, server, client.cert);
  const ask = async (tls: TlsFiles) => {
    await using provider = new DockerProvider({ host: front.host, tls });
    return (await provider.engine()).endpoint;
  };
  expect(await ask({ ca: server.cert, ...client })).toBe(front.host.replace("tcp", "https"));
  expect(await ask({ insecure: true, ...client })).toBe(front.host.replace("tcp", "https"));
  const strangers = { ca: client.cert, ...client };
  await expect(ask(strangers)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect(ask({ ca: server.cert })).rejects.toMatchObject({ code: "UNAVAILABLE" });
});
