import type { FlagKey, TenantId } from "@tessera/contracts";
import type {
  FlagApproval,
  FlagChange,
  FlagHistoryEntry,
  FlagReach,
  FlagSetting,
  FlagSettings,
  SaveFlag,
} from "@tessera/contracts/flags";

/** Who changes a flag, for the history. */
export interface FlagActor {
  /** A member's id; `ramp` or `breaker`; what a machine calls itself. */
  id: string;
  via: "console" | "http" | "ramp" | "breaker";
}

/** A flag in the database that cannot be read: the last good setting holds, save what switches it off; somebody is told. */
export interface UnreadableFlag {
  key: string;
  because: string;
  /** What could be read of it, with nobody let in: its switches are its own. Missing when not even they could be read. */
  forNobody?: FlagSetting | undefined;
}

/** Flags as they are written down. They are the platform's, not a tenant's. */
export interface FlagBook {
  /** @returns Every flag this release knows, and what could not be read. */
  read(): Promise<{ settings: FlagSetting[]; unreadable: UnreadableFlag[]; tenantsByAge: TenantId[] }>;
  /** @returns The revision of every flag: cheap, so it may be asked often. */
  revisions(): Promise<ReadonlyMap<string, number>>;
  /**
   * Changes settings, when nobody was faster.
   *
   * @param byRamp Whether a running ramp makes this change; nobody else may then.
   * @returns Refused: `unknown_flag`, `moved_on`, `cycle`, `ramp_running`.
   */
  save(change: SaveFlag, by: FlagActor, byRamp?: boolean): Promise<FlagChange>;
  /** The same for who looked at nothing before: the door of the operators' documents. */
  overwrite(key: FlagKey, set: Partial<FlagSettings>, because: string, by: FlagActor): Promise<FlagChange>;
  /**
   * The kill switch; nobody has to agree. Killing what is killed changes only the reason, and what was asked of the older
   * kill waits no more. Refused: `unknown_flag`.
   */
  kill(key: FlagKey, because: string, by: FlagActor): Promise<FlagChange>;
  /**
   * Lifts the kill switch: the flag is again what it was set to. Where the tenant has another operator, it is asked for only.
   *
   * @param tenant Whose operators are counted.
   * @returns Refused: `unknown_flag`, `not_killed`.
   */
  restore(key: FlagKey, because: string, by: FlagActor, tenant: TenantId): Promise<FlagChange>;
  /** A second person agrees, or not. Refused: `nothing_asked`; `second_person` for who asked, as whichever member. */
  settle(approvalId: string, agrees: boolean, by: FlagActor): Promise<FlagChange>;
  /** @returns What waits, oldest first. */
  approvals(): Promise<FlagApproval[]>;
  /** @returns Newest first, 50 at most, those below a revision when it is given. */
  history(key: FlagKey, below?: number): Promise<FlagHistoryEntry[]>;
}

/** A member of the platform as a preview counts them. */
export interface CountedPerson {
  id: string;
  name: string;
  tenantId: TenantId;
  tenant: string;
}

/** What is known of the people and processes that flags are for. */
export interface FlagSurvey {
  /** @returns People of active tenants, 20,000 at most, the oldest first, and how many there are in all. */
  people(): Promise<{ all: number; some: CountedPerson[] }>;
  /** @returns People of active tenants who have this id, or this text in their name in whatever letters: 20 at most, the oldest first. */
  find(text: string): Promise<CountedPerson[]>;
  /** Notes that this process decides by a revision from now on. */
  arrived(revision: number): Promise<void>;
  /** Tells people that a flag is set to nonsense; the same thing once a day, whichever process says it. */
  alertUnreadable(flag: UnreadableFlag): Promise<void>;
  /** @returns How fast the last changes got everywhere. */
  reach(): Promise<FlagReach>;
}
