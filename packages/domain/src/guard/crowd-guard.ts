import { type Guard, PATIENCE_MS } from "./guard.ts";

/** Somebody's work, its answer already on the way to whom it belongs. Never rejects. */
type Member = () => Promise<void>;

/** Those who came while the key was held. */
interface Crowd {
  members: Member[];
  patience: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Lets a crowd share one hold. The first at a key goes in alone; whoever comes meanwhile goes in together behind it, under
 * one hold of `inner`, and whoever comes during that gathers again.
 *
 * One by one would be no safer, since the ledger decides, and it would undo the ledger's group commit: two hundred scans
 * of one code would be two hundred calls, each after the other. The first still goes alone, because it settles the matter:
 * the rest find the code used and are told so by a plain read, in one call, without waiting for each other's row locks.
 *
 * @param inner Asked once for each crowd.
 * @param patienceMs How long a crowd waits for the one before it, milliseconds; then it goes on without `inner`. What
 *   `inner` waits comes on top.
 * @returns A guard that forgets a key as soon as nobody is there.
 */
export function crowdGuard(inner: Guard, patienceMs: number = PATIENCE_MS): Guard {
  /** The keys this guard holds now, each with the crowd behind it. */
  const held = new Map<string, Crowd>();

  async function goIn(key: string, members: Member[]): Promise<void> {
    const behind: Crowd = { members: [], patience: undefined };
    held.set(key, behind);
    await inner.hold(key, () => everyone(members));
    clearTimeout(behind.patience);
    if (behind.members.length === 0) held.delete(key);
    else void goIn(key, behind.members);
  }

  function queue(crowd: Crowd, member: Member): void {
    crowd.members.push(member);
    if (crowd.members.length > 1) return;
    crowd.patience = setTimeout(() => void everyone(crowd.members.splice(0)), patienceMs);
  }

  return {
    hold<T>(key: string, work: () => Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const member = async () => {
          try {
            resolve(await work());
          } catch (failure) {
            reject(failure);
          }
        };
        const crowd = held.get(key);
        if (crowd) queue(crowd, member);
        else void goIn(key, [member]);
      });
    },
  };
}

const everyone = (members: readonly Member[]) => Promise.all(members.map((member) => member()));
