import { heapOf } from "./heap.ts";

/** A process or a machine. What it had planned is lost when it crashes, and waits while it is paused. */
export interface Host {
  readonly name: string;
  /** Rises with every crash: a task of an older life never runs. */
  life: number;
  /** Until when it stands still, virtual milliseconds. */
  pausedUntil: number;
  isDown: boolean;
  /** How far its wall clock is off, milliseconds. Its monotonic clock is always right. */
  clockOff: number;
}

interface Task {
  at: number;
  /** Among tasks of one moment, the one that was planned first runs first. */
  order: number;
  host: Host | null;
  life: number;
  run(): void;
  isCancelled: boolean;
}

export interface Planned {
  cancel(): void;
}

/** Virtual time: tasks run one after the other, each together with every promise it settles. */
export interface Timeline {
  /** Virtual milliseconds since the world began. */
  readonly now: number;
  /** How many tasks have run. */
  readonly step: number;
  /** Whose task is running; null for the world itself. */
  readonly host: Host | null;
  /**
   * @param host Whose task it is; null for the world's own, which nothing stops.
   * @param inMs From now; not below 0.
   */
  plan(host: Host | null, inMs: number, run: () => void): Planned;
  /**
   * Runs task after task until none is left.
   *
   * @param goesOn Looks at the world between two tasks, and says whether to go on.
   * @throws Error After `mostSteps` tasks: the world does not come to rest.
   */
  run(mostSteps: number, goesOn: () => boolean): Promise<void>;
}

export const hostNamed = (name: string): Host => ({ name, life: 0, pausedUntil: 0, isDown: false, clockOff: 0 });

/** @returns A timeline at 0, with nothing planned. */
export function timeline(): Timeline {
  const tasks = heapOf<Task>((one, other) => one.at < other.at || (one.at === other.at && one.order < other.order));
  let now = 0;
  let step = 0;
  let order = 0;
  let current: Host | null = null;

  function add(task: Task): void {
    task.order = order++;
    tasks.push(task);
  }

  /** @returns The next task that may run, now being its moment; undefined when there is none. */
  function due(): Task | undefined {
    for (let task = tasks.pop(); task; task = tasks.pop()) {
      const { host } = task;
      if (task.isCancelled || (host && host.life !== task.life)) continue;
      if (task.at > now) now = task.at;
      if (!host || host.pausedUntil <= now) return task;
      task.at = host.pausedUntil;
      add(task);
    }
    return undefined;
  }

  return {
    get now() {
      return now;
    },
    get step() {
      return step;
    },
    get host() {
      return current;
    },
    plan(host, inMs, run) {
      const task = { at: now + Math.max(0, inMs), order: 0, host, life: host?.life ?? 0, run, isCancelled: false };
      add(task);
      return {
        cancel() {
          task.isCancelled = true;
        },
      };
    },
    run: (mostSteps, goesOn) =>
      new Promise((resolve, reject) => {
        /** Ticks run only when no microtask is left: every promise settled so far has called whom it had to. */
        const turn = () => {
          try {
            current = null;
            const task = goesOn() ? due() : undefined;
            if (!task) return resolve();
            if (++step > mostSteps) throw new Error(`the world does not come to rest within ${mostSteps} steps`);
            current = task.host;
            task.run();
            // Of two ticks in a row the second would not wait for the microtasks of the first.
            queueMicrotask(nextTurn);
          } catch (cause) {
            reject(cause);
          }
        };
        const nextTurn = () => process.nextTick(turn);
        nextTurn();
      }),
  };
}
