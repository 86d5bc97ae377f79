import { hasVariable, type ProcessEntry, readProcessTable } from "./process-table.js";

/** What the processes of one tree have in common. */
export interface TreeMark {
  /** A variable that the first of them has in its environment: its children get it too, as a rule. */
  readonly variable: string;
  /**
   * The process group of the first of them, only where it is sure that the number was not given to
   * others meanwhile: by its parent, as long as it has not looked away.
   */
  readonly group?: number | undefined;
}

/**
 * The running processes of a tree: those that carry its variable (on Linux), those in its group, and
 * all that these have started. So a child that went into a session of its own is found, by its
 * variable or its parent.
 */
export async function findTree(mark: TreeMark): Promise<number[]> {
  const table = await readProcessTable();
  const marked = await Promise.all(
    table.map(
      async (entry) => entry.group === mark.group || (await hasVariable(entry.pid, mark.variable)),
    ),
  );
  const tree = new Set(table.filter((_, index) => marked[index]).map(({ pid }) => pid));
  addDescendants(tree, table);
  tree.delete(process.pid);
  return [...tree];
}

function addDescendants(tree: Set<number>, table: readonly ProcessEntry[]): void {
  const children = groupByParent(table);
  // A set hands out what is added while it is walked.
  for (const pid of tree) {
    for (const child of children.get(pid) ?? []) tree.add(child.pid);
  }
}

function groupByParent(table: readonly ProcessEntry[]): Map<number, ProcessEntry[]> {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table) {
    const siblings = children.get(entry.parent);
    if (siblings === undefined) children.set(entry.parent, [entry]);
    else siblings.push(entry);
  }
  return children;
}
