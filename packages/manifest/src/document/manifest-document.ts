import * as nodeFs from "node:fs/promises";
import {
  FileEntry,
  FolderEntry,
  LinkEntry,
  type Manifest,
  ManifestJson,
  optionNames,
  parseInput,
  parseOptions,
} from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import { checkManifest } from "./check-manifest.js";
import type { DocumentFileSystem } from "./document-file-system.js";
import { goJson } from "./go-json.js";
import { saveFile } from "./save-file.js";

export interface SaveOptions {
  readonly fs?: DocumentFileSystem | undefined;
}

const saveNames = optionNames<SaveOptions>({ fs: true });

/** A manifest that is being written: entries are added to it. */
export class ManifestDocument {
  /** What a manifest says beside its entries. */
  readonly #head: Omit<Manifest, "files" | "links" | "folders">;
  readonly #files: FileEntry[];
  #links: LinkEntry[] | undefined;
  #folders: FolderEntry[] | undefined;

  /** By `createManifest` and `loadManifest`. */
  constructor(manifest: Manifest) {
    const { files, links, folders, ...head } = manifest;
    this.#head = head;
    this.#files = [...files];
    this.#links = links && [...links];
    this.#folders = folders && [...folders];
  }

  /** "" for a full manifest. */
  get fromVersion(): string {
    return this.#head.fromVersion;
  }

  get toVersion(): string {
    return this.#head.toVersion;
  }

  get created(): string {
    return this.#head.created;
  }

  /** What was added so far, in its order: a copy. */
  get files(): readonly FileEntry[] {
    return Object.freeze([...this.#files]);
  }

  get links(): readonly LinkEntry[] {
    return Object.freeze([...(this.#links ?? [])]);
  }

  get folders(): readonly FolderEntry[] {
    return Object.freeze([...(this.#folders ?? [])]);
  }

  /** @throws `INVALID_ARGUMENT` with the `field` of the entry that is wrong */
  addFile(entry: FileEntry): void {
    this.#files.push(parseInput(FileEntry, entry, "file entry", invalidArgument));
  }

  /** @throws `INVALID_ARGUMENT` with the `field` of the entry that is wrong */
  addLink(entry: LinkEntry): void {
    const parsed = parseInput(LinkEntry, entry, "link entry", invalidArgument);
    this.#links ??= [];
    this.#links.push(parsed);
  }

  /** @throws `INVALID_ARGUMENT` with the `field` of the entry that is wrong */
  addFolder(entry: FolderEntry): void {
    const parsed = parseInput(FolderEntry, entry, "folder entry", invalidArgument);
    this.#folders ??= [];
    this.#folders.push(parsed);
  }

  /** A frozen snapshot. @throws `INVALID_MANIFEST` where entries contradict each other, `TOO_LARGE` */
  toManifest(): Manifest {
    const manifest: Manifest = Object.freeze({
      ...this.#head,
      files: this.files,
      ...(this.#links === undefined ? {} : { links: this.links }),
      ...(this.#folders === undefined ? {} : { folders: this.folders }),
    });
    checkManifest(manifest);
    return manifest;
  }

  /** The bytes of manifest.json, as the Go library writes it. @throws `INVALID_MANIFEST`, `TOO_LARGE` */
  toBytes(): Uint8Array {
    return goJson(ManifestJson.encode(this.toManifest()));
  }

  /**
   * Writes manifest.json, in the place of what is there.
   *
   * @throws `INVALID_MANIFEST`, `TOO_LARGE`, `NOT_FOUND` (the folder), `NO_SPACE`, `IO_ERROR`
   */
  async save(path: string, options: SaveOptions = {}): Promise<void> {
    parseOptions(options, saveNames, invalidArgument);
    await saveFile(options.fs ?? nodeFs, path, this.toBytes());
  }
}
