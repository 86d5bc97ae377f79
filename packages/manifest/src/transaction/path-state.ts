/** What an update finds or leaves at a path. */
export type PathState =
  | { readonly kind: "absent" }
  | {
      readonly kind: "file";
      /** SHA-256, in hexadecimal. */
      readonly hash: string;
      /** Always `false` on Windows, which has no such bit. */
      readonly executable: boolean;
    }
  | { readonly kind: "link"; readonly target: string };

/** What may be at a path, besides: a folder, or something that is no file at all, as a pipe. */
export type SeenState = PathState | { readonly kind: "folder" } | { readonly kind: "special" };

export const absent: PathState = { kind: "absent" };

/** Whether the content is the same, whatever the executable bit. */
export function sameContent(a: SeenState, b: SeenState): boolean {
  if (a.kind === "file" && b.kind === "file") return a.hash === b.hash;
  if (a.kind === "link" && b.kind === "link") return a.target === b.target;
  return a.kind === b.kind;
}

export function sameState(a: SeenState, b: SeenState): boolean {
  if (!sameContent(a, b)) return false;
  return a.kind !== "file" || b.kind !== "file" || a.executable === b.executable;
}

/** For messages. */
export function shownState(state: SeenState): string {
  switch (state.kind) {
    case "absent":
      return "nothing";
    case "file":
      return `a file with the hash ${state.hash}${state.executable ? ", executable" : ""}`;
    case "link":
      return `a link to ${JSON.stringify(state.target)}`;
    case "folder":
      return "a folder";
    case "special":
      return "no plain file";
    default:
      state satisfies never;
      return "";
  }
}
