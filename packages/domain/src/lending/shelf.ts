import type {
  Availability,
  Checkout,
  CheckoutId,
  FindLoans,
  LoanPage,
  MemberId,
  OpenLoan,
  RenewOutcome,
  Resource,
  ResourceId,
} from "@tessera/contracts";
import type { Renewer } from "./renewal.ts";

/** One tenant's resources that are in use, to read. */
export interface Resources {
  /** @returns All of them by name, with what is out. */
  list(): Promise<Resource[]>;
  /** @returns One, or null when this tenant has no such resource. */
  get(id: ResourceId): Promise<Resource | null>;
  /** @returns The state of every resource. */
  availability(): Promise<Availability[]>;
}

/** One tenant's check-outs. They are made and closed by redemptions; here they are read, and get more time. */
export interface Checkouts {
  /** @returns What the member has, due soonest first, each with what a renewal would bring; then the 20 they brought back last. */
  of(holder: MemberId, now: Date): Promise<Checkout[]>;
  /** @returns What is out, due soonest first; 500 at most. */
  open(): Promise<OpenLoan[]>;
  /** @returns One page of what is out, due soonest first; 50 at most. */
  find(wish: FindLoans, now: Date): Promise<LoanPage>;
  /**
   * Gives a loan more time, by the rules in force. The thing is held meanwhile, so of two who renew at once the second sees
   * what the first did.
   *
   * @param id Which.
   * @param by Who asks: its holder, or staff.
   * @param now When.
   * @returns Until when, or refused as `renewalOf` says.
   */
  renew(id: CheckoutId, by: Renewer, now: Date): Promise<RenewOutcome>;
}
