import type { DockerProvider, DockerProviderOptions } from "../../src/index.js";
import { type TestEngine, uniqueNamespace } from "../engines.js";
import { askRaw, rawContainers } from "./raw-engine.js";

/** A provider whose containers are removed at the end by raw requests, however the test went. */
export interface Scratch extends AsyncDisposable {
  readonly namespace: string;
  readonly provider: DockerProvider;
  /** Another provider of the same namespace: another process', as far as the servers can tell. */
  readonly another: (options?: DockerProviderOptions) => DockerProvider;
}

export function scratch(engine: TestEngine, options: DockerProviderOptions = {}): Scratch {
  const namespace = uniqueNamespace();
  const providers: DockerProvider[] = [];
  const another = (more: DockerProviderOptions = {}) => {
    const provider = engine.provider({ ...options, namespace, ...more });
    providers.push(provider);
    return provider;
  };
  return {
    namespace,
    provider: another(),
    another,
    async [Symbol.asyncDispose]() {
      for (const provider of providers) await provider[Symbol.asyncDispose]();
      await removeAll(engine.host, namespace);
    },
  };
}

async function removeAll(host: string, namespace: string): Promise<void> {
  const left = [...(await rawContainers(host, `potassium.namespace=${namespace}`))];
  const remove = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      await askRaw(host, "DELETE", `/containers/${next.Id}?force=true&v=true`);
    }
  };
  await Promise.all([remove(), remove(), remove(), remove()]);
}
