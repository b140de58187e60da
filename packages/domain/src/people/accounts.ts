import type { AccountSession, JoinOutcome, PeopleOutcome, PersonalData, Role } from "@tessera/contracts";

/** Where invitations are shown and taken, by people who are not in the tenant yet. */
export interface Joining {
  /** @returns The open invitation with this token's hash, or null: unknown, used, taken back or too old. */
  invitation(tokenHash: Uint8Array): Promise<OpenInvitation | null>;
  /**
   * Uses an invitation up and makes the member, and the account where it is new, in one transaction.
   *
   * @param tokenHash SHA-256 of the token.
   * @param joiner Who joins.
   */
  join(tokenHash: Uint8Array, joiner: Joiner): Promise<JoinOutcome>;
}

export interface OpenInvitation {
  tenant: string;
  email: string;
  role: Role;
  /** Whether the e-mail has an account. */
  hasAccount: boolean;
}

/** Somebody with an account, or with a new one. */
export type Joiner = { userId: string } | { userId: null; name: string; passwordHash: string };

/** People's accounts. They belong to no tenant. */
export interface Accounts {
  /** @param here The session that asks. */
  sessions(userId: string, here: string): Promise<AccountSession[]>;
  /** @returns Whether there was such a session of theirs. */
  endSession(userId: string, sessionId: string): Promise<boolean>;
  /** @param but The session that goes on; null: none does. */
  endSessions(userId: string, but: string | null): Promise<void>;
  /** Gives the account, and each membership, another name. */
  rename(userId: string, name: string): Promise<void>;
  /** @returns Everything that is known of a person, whatever tenant knows it. */
  dataOf(userId: string, at: Date): Promise<PersonalData>;
  /** Deletes the account and takes the name from each membership; all of it, or nothing and the reason. */
  erase(userId: string): Promise<PeopleOutcome>;
}
