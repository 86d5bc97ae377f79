import {
  type AllocateRequest,
  defaultStopPolicy,
  type PublishedPort,
  type StopPolicy,
} from "@potassium/core-types";
import { requestHash, serverEnvironment } from "@potassium/core-types/provider-kit";
import type { ImageEntry } from "../images/image-entry.js";
import { inheritedVariables } from "../images/inherited-variables.js";
import type { ClaimedPorts } from "../ports/port-claims.js";
import type { ProviderSettings } from "../process-provider-options.js";
import type { CompleteStopPolicy } from "../protocol/supervisor-task.js";
import type { ServerFolder } from "./server-folder.js";
import type { ServerRecord } from "./server-record.js";
import { socketPath } from "./socket-path.js";

export interface NewServer {
  readonly id: string;
  readonly name: string;
  readonly request: AllocateRequest;
  readonly image: ImageEntry;
  readonly claimed: ClaimedPorts;
  readonly folder: ServerFolder;
  /** For sockets whose path in the server's folder would be too long. */
  readonly socketFolder: string;
  readonly settings: ProviderSettings;
}

/** All that is to be known about a new server. */
export function newRecord(server: NewServer): ServerRecord {
  const { id, name, request, image, claimed, folder, settings } = server;
  const { hostAddress, restartBackOff, logLimitBytes, inheritEnvironment } = settings;
  const bindings = request.ports ?? [];
  const ports = bindings.map(({ container, protocol, name }, index): PublishedPort => {
    const host = claimed.numbers[index];
    return { container, protocol, host, ...(name === undefined ? {} : { name }) };
  });
  const place = {
    name,
    host: hostAddress,
    ports: ports.map((port) => ({ number: port.host ?? port.container, name: port.name })),
  };
  return {
    id,
    name,
    createdAt: new Date().toISOString(),
    hostAddress,
    request,
    requestHash: requestHash(request),
    ports,
    task: {
      serverId: id,
      folder: folder.path,
      socketPath: socketPath(id, folder.socket, server.socketFolder),
      program: [...image.command, ...(request.command ?? image.defaultArguments ?? [])],
      environment: {
        ...inheritedVariables(process.env, inheritEnvironment),
        ...serverEnvironment(place, { ...image.environment, ...request.environment }),
      },
      workingDirectory: image.workingDirectory ?? folder.files,
      claims: claimed.paths,
      stop: completeStop(request.stop),
      restartPolicy: request.restartPolicy ?? { name: "no" },
      restartBackOff,
      logLimitBytes,
    },
  };
}

function completeStop(stop: StopPolicy = {}): CompleteStopPolicy {
  const { signal = defaultStopPolicy.signal, graceMs = defaultStopPolicy.graceMs, command } = stop;
  return { signal, graceMs, ...(command === undefined ? {} : { command }) };
}
