/** The part of redlock 5.0.0-beta.2 that is used here: the package's exports map hides its own types. */
declare module "redlock" {
  import type { Redis } from "ioredis";

  export class Lock {
    constructor(redlock: Redlock, resources: string[], value: string, attempts: unknown, expiration: number);
    readonly value: string;
    readonly attempts: unknown;
    /** Milliseconds since 1970; can already lie in the past when it is handed out. */
    readonly expiration: number;
    release(): Promise<unknown>;
  }

  export interface Settings {
    driftFactor: number;
    retryCount: number;
    retryDelay: number;
    retryJitter: number;
    automaticExtensionThreshold: number;
  }

  export class ResourceLockedError extends Error {}

  export interface ExecutionStats {
    readonly membershipSize: number;
    readonly votesAgainst: ReadonlyMap<Redis, Error>;
  }

  export class ExecutionError extends Error {
    readonly attempts: ReadonlyArray<Promise<ExecutionStats>>;
  }

  export default class Redlock {
    constructor(clients: Redis[], settings?: Partial<Settings>);
    acquire(resources: string[], durationMs: number, settings?: Partial<Settings>): Promise<Lock>;
    on(event: "error", listener: (error: unknown) => void): this;
  }
}
