import { request } from "node:http";
import type { HostPort } from "../../net/host-port.js";

export interface HttpProbe {
  readonly path: string;
  /** The status to answer with; any 2xx or 3xx where left out. */
  readonly status?: number | undefined;
}

/** Resolves when a GET is answered with the wanted status. Redirects are not followed. */
export function probeHttp(address: HostPort, probe: HttpProbe, signal: AbortSignal): Promise<void> {
  const { host, port } = address;
  return new Promise((resolve, reject) => {
    // Its own connection for each try: a kept one could lead to the run before a restart.
    const outgoing = request({ host, port, path: probe.path, agent: false, signal }, (answer) => {
      answer.on("error", () => {});
      const status = answer.statusCode ?? 0;
      const passed =
        probe.status === undefined ? status >= 200 && status < 400 : status === probe.status;
      outgoing.destroy();
      if (passed) resolve();
      else reject(new Error(`it answered ${status}`));
    });
    outgoing.on("error", (error) => reject(signal.aborted ? signal.reason : error));
    outgoing.end();
  });
}
