import { uuidV7 } from "@tessera/contracts";
import { connect } from "@tessera/sdk";

let token: string | null = null;

/** The page's line to the server. Whose it is is said with each call. */
export const line = connect({ token: () => token });

/** From now on calls are this guest's; null: a stranger's. */
export function carry(next: string | null): void {
  token = next;
}

/** A key for one intent of the guest: the same for each try, so that asking twice is asking once. */
export const newIntent = (): string => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
