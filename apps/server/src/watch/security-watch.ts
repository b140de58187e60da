import type { SecurityPost } from "@tessera/api";
import { type Blocks, blocksOf } from "@tessera/domain/suspicion/blocks";
import { openNotebook, type Suspicion } from "@tessera/domain/suspicion/notebook";
import type { RaisedAlert, SecurityBook, SecurityDesk } from "@tessera/domain/suspicion/security-book";

export interface SecurityWatchOptions {
  desk: SecurityDesk;
  /** What is nobody's, for operators. */
  book: SecurityBook;
  now(): Date;
  /** Told of each alert that is new, or worse than before. */
  onRaised(alert: RaisedAlert): void;
  /** Told of each step that failed; the next round tries again. */
  onTrouble(cause: unknown): void;
}

/** Notes what may be harm in memory, and writes it down once a second. */
export interface SecurityWatch {
  post: SecurityPost;
  /** One round, now: what became a suspicion is written down, and what is blocked is read again when it is time. */
  look(): Promise<void>;
  /** Writes down what was noted, then stops. */
  stop(): Promise<void>;
}

/** Rounds whose suspicions wait for a database that is away. Older ones are forgotten: what goes on is noted anew. */
const MOST_UNTOLD = 60;

/**
 * @param options Of the deployment.
 * @param everyMs Between two rounds: the longest an alert waits in memory, and how often blocks are read where no news tells of
 *   them. 0: only when asked.
 */
export function startSecurityWatch(options: SecurityWatchOptions, everyMs: number): SecurityWatch {
  const { desk, book, now, onRaised, onTrouble } = options;
  const notebook = openNotebook();
  const untold: Suspicion[][] = [];
  let blocks: Blocks = blocksOf([]);
  let looking: Promise<void> | null = null;
  let reading: Promise<void> | null = null;
  let isStale = false;

  async function tellSuspicions(): Promise<void> {
    const taken = notebook.take();
    if (taken.length > 0) untold.push(taken);
    if (untold.length > MOST_UNTOLD) untold.shift();
    while (untold[0]) {
      for (const alert of await desk.raise(untold[0])) onRaised(alert);
      untold.shift();
    }
  }

  /** Whoever asks while it is read hears of what was written before they asked: it is read once more for them. */
  function refresh(): Promise<void> {
    isStale = true;
    reading ??= (async () => {
      while (isStale) {
        isStale = false;
        blocks = blocksOf(await desk.blocks());
      }
    })()
      .catch(onTrouble)
      .finally(() => {
        reading = null;
      });
    return reading;
  }

  async function round(): Promise<void> {
    await tellSuspicions().catch(onTrouble);
    await refresh();
  }

  function look(): Promise<void> {
    looking ??= round().finally(() => {
      looking = null;
    });
    return looking;
  }

  const timer = everyMs > 0 ? setInterval(() => void look(), everyMs) : null;
  timer?.unref();

  return {
    post: {
      note: (fact) => notebook.note({ ...fact, at: now() }),
      blockedBy: (address, tenantId) => blocks.blockedBy(address, tenantId, now()),
      refresh,
      book,
    },
    look,
    async stop() {
      if (timer) clearInterval(timer);
      await looking;
      await tellSuspicions().catch(onTrouble);
    },
  };
}
