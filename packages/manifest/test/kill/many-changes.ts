import { everyKind } from "../fixture/every-kind.js";
import type { Nodes } from "../fixture/node-snapshot.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import type { TreeNode } from "../fixture/write-tree.js";

/** Two versions of `count` small files, of which one in twelve changes, and of all that `everyKind` has. */
export function manyChanges(count: number): { readonly before: Nodes; readonly after: Nodes } {
  const before: Record<string, TreeNode> = {};
  const after: Record<string, TreeNode> = {};
  for (let index = 0; index < count; index += 1) {
    const path = `many/${index % 20}/${index}.dat`;
    const content = noise(400, index);
    if (index % 72 !== 60) before[path] = content;
    if (index % 12 !== 0) after[path] = content;
    else change(after, path, content, index % 72);
  }
  return { before: { ...before, ...everyKind.before }, after: { ...after, ...everyKind.after } };
}

/** Each of six files that change does so in its own way. */
function change(after: Record<string, TreeNode>, path: string, content: Buffer, kind: number) {
  if (kind === 0) after[path] = edited(content);
  else if (kind === 12) after[path] = { content, mode: 0o755 };
  else if (kind === 24) after[`${path}.moved`] = content;
  else if (kind === 36) after[path] = `${path} `.repeat(40);
  else if (kind === 60) after[path] = content;
  // What is left, 48, is deleted.
}
