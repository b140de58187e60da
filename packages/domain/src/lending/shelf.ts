import type { Availability, Checkout, MemberId, OpenLoan, Resource, ResourceId } from "@tessera/contracts";

/** One tenant's resources that are in use, to read. */
export interface Resources {
  /** @returns All of them by name, with what is out. */
  list(): Promise<Resource[]>;
  /** @returns One, or null when this tenant has no such resource. */
  get(id: ResourceId): Promise<Resource | null>;
  /** @returns The state of every resource. */
  availability(): Promise<Availability[]>;
}

/** One tenant's check-outs, to read. */
export interface Checkouts {
  /** @returns What the member has, due soonest first; then the 20 they brought back last. */
  of(holder: MemberId): Promise<Checkout[]>;
  /** @returns What is out, due soonest first; 500 at most. */
  open(): Promise<OpenLoan[]>;
}
