import { expect, test } from "vitest";
import { billOfPackage } from "../../release/bill-of-materials.ts";

const component = (name: string, url: string) => ({
  name,
  version: "1.0.0",
  "bom-ref": `${name}@1.0.0`,
  externalReferences: [{ type: "distribution", url }],
});

const bill = {
  metadata: { component: component("consumer", "file:/tmp/x") },
  components: [
    component("@potassium/relay", "file:/tmp/relay.tgz"),
    component("undici", "https://registry.npmjs.org/undici/-/undici-7.0.0.tgz"),
  ],
  dependencies: [
    { ref: "consumer@1.0.0", dependsOn: ["@potassium/relay@1.0.0"] },
    { ref: "@potassium/relay@1.0.0", dependsOn: ["undici@1.0.0"] },
  ],
};

test("the bill of a package is about it, not about the project that it was installed into", () => {
  const { metadata, components, dependencies } = billOfPackage(bill, "@potassium/relay");
  expect(metadata.component.name).toBe("@potassium/relay");
  expect(components.map(({ name }) => name)).toEqual(["undici"]);
  expect(dependencies).toEqual([bill.dependencies[1]]);
});

test("no path of the machine that wrote it is in a bill, and addresses of the registry are", () => {
  const text = JSON.stringify(billOfPackage(bill, "@potassium/relay"));
  expect(text).not.toContain("file:");
  expect(text).toContain("undici-7.0.0.tgz");
});

test("a package that npm did not install has no bill", () => {
  expect(() => billOfPackage(bill, "@potassium/docker")).toThrow("@potassium/docker");
});
