import type { Page, Version } from '../../protocol/entities.ts';
import { OrderedList } from './ordered-list.ts';

interface Listed {
  readonly id: string;
  readonly createdAt: number;
  readonly wire: Version;
}

/** The named states of a document; they are only ever added to. */
export class VersionList {
  readonly #byId = new Map<string, Version>();
  readonly #byTag = new Map<string, Version>();
  readonly #listed = new OrderedList<Listed>();

  add(version: Version): void {
    this.#byId.set(version.id, version);
    if (version.tag !== undefined) this.#byTag.set(version.tag, version);
    this.#listed.add({ id: version.id, createdAt: Date.parse(version.created_at), wire: version });
  }

  get(id: string): Version | undefined {
    return this.#byId.get(id);
  }

  byTag(tag: string): Version | undefined {
    return this.#byTag.get(tag);
  }

  get nextNumber(): number {
    return this.#byId.size + 1;
  }

  page(page: number, size: number): Page<Version> {
    const { items, ...rest } = this.#listed.page(page, size);
    return { items: items.map(({ wire }) => wire), ...rest };
  }

  /** In the order in which they were added. */
  all(): readonly Version[] {
    return [...this.#byId.values()];
  }
}
