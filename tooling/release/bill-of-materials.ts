import { randomUUID } from "node:crypto";

interface Component {
  readonly name: string;
  readonly version: string;
  readonly "bom-ref": string;
  readonly externalReferences?: readonly { readonly type: string; readonly url: string }[];
}

interface Dependency {
  readonly ref: string;
  readonly dependsOn?: readonly string[];
}

/** The parts of CycloneDX 1.5 that are looked at; the rest is kept. */
export interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly Dependency[];
}

/**
 * The bill of a package, from npm's bill of a project into which only its tarball and those of its siblings were
 * installed: the package takes the project's place, and paths of this machine go.
 */
export function billOfPackage(bill: Bill, name: string): Bill {
  const subject = bill.components.find((component) => component.name === name);
  if (subject === undefined) throw new Error(`npm's bill does not have ${name}`);
  const project = bill.metadata.component["bom-ref"];
  const others = bill.components.filter((component) => component !== subject);
  return {
    ...bill,
    ...{ serialNumber: `urn:uuid:${randomUUID()}` },
    metadata: { ...bill.metadata, component: published(subject) },
    components: others.map(published),
    dependencies: bill.dependencies.filter(({ ref }) => ref !== project),
  };
}

function published(component: Component): Component {
  const { externalReferences = [], ...rest } = component;
  return {
    ...rest,
    externalReferences: externalReferences.filter(({ url }) => !url.startsWith("file:")),
  };
}
