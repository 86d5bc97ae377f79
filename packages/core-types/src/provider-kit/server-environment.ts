import { type Environment, portVariable } from "../provider/environment.js";

/** What a provider knows about a server when it makes up its environment. */
export interface ServerPlace {
  /** The server's name. */
  readonly name: string;
  /** The address that it listens on. */
  readonly host: string;
  /** The ports that it listens on, in the request's order. */
  readonly ports: readonly { readonly number: number; readonly name?: string | undefined }[];
}

/**
 * The variables that every provider puts into a server's environment: `SERVER_ID` (its name),
 * `SERVER_HOST`, `SERVER_PORT` (the first port) and `PORT_<NAME>`. Those of the request win.
 */
export function serverEnvironment(place: ServerPlace, requested: Environment = {}): Environment {
  const variables: Record<string, string> = { SERVER_ID: place.name, SERVER_HOST: place.host };
  const [first] = place.ports;
  if (first !== undefined) variables["SERVER_PORT"] = String(first.number);
  for (const { name, number } of place.ports) {
    if (name !== undefined) variables[portVariable(name)] = String(number);
  }
  return Object.freeze({ ...variables, ...requested });
}
