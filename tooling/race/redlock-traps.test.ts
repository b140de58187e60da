import type { CodeId, MemberId, ResourceId, ScanId } from "@tessera/contracts";
import { lockName, redlockGuard } from "@tessera/domain/guard/redlock-guard";
import { modelWorld } from "@tessera/domain/redemption/model";
import { type RedisServer, startRedis } from "@tessera/vitest/redis-server";
import { describeWith, redis } from "@tessera/vitest/services";
import type { Redis } from "ioredis";
import Redlock from "redlock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectedTo } from "./src/redis-nodes.ts";
import { slowLineTo } from "./src/slow-line.ts";

const NO_PAUSE = { least: 0, most: 0 };

/** What the pinned library and Redis itself do, shown beside what the guard makes of it. */
describeWith(redis, "traps of Redlock, on a real Redis", () => {
  let servers: RedisServer[];
  let nodes: Redis[];
  let node: Redis;

  beforeAll(async () => {
    servers = await Promise.all([startRedis(), startRedis(), startRedis()]);
    nodes = await Promise.all(servers.map(({ url }) => connectedTo(url, 5_000)));
    node = nodes[0] as Redis;
  });
  afterAll(async () => {
    for (const one of nodes) one.disconnect();
    await Promise.all(servers.map((server) => server.stop()));
  });

  describe("a vote of one to one", () => {
    /** How an attempt ended that finds the lock taken on the first node; "never" after more than enough time. */
    async function attemptOver(voters: Redis[], name: string): Promise<"locked" | "refused" | "never"> {
      await node.set(name, "somebody else's");
      const attempt = new Redlock(voters, { retryCount: 0 }).acquire([name], 1_000).then(
        () => "locked" as const,
        () => "refused" as const,
      );
      let timer: ReturnType<typeof setTimeout> | undefined;
      const never = new Promise<"never">((resolve) => {
        timer = setTimeout(() => resolve("never"), 500);
      });
      const end = await Promise.race([attempt, never]);
      clearTimeout(timer);
      return end;
    }

    it("never settles in the library with two nodes, and does with three", async () => {
      expect(await attemptOver(nodes.slice(0, 2), "draw-of-two")).toBe("never");
      expect(await attemptOver(nodes, "vote-of-three")).toBe("locked");
    });

    it("cannot happen: the guard refuses an even number of nodes", () => {
      expect(() => redlockGuard(nodes.slice(0, 2))).toThrow("1, 3 or 5");
    });
  });

  describe("a lock that has ended when it comes", () => {
    it("is handed out by the library, which counts a lease from before its waiting", async () => {
      await node.set("waited-for", "somebody else's", "PX", 700);
      const patient = new Redlock([node], { retryCount: 50, retryDelay: 50, retryJitter: 0 });
      const lock = await patient.acquire(["waited-for"], 500);
      expect(lock.expiration).toBeLessThan(Date.now());
      await lock.release();
    });

    it("counts as none for the guard, which gives it back and says that Redis was too slow", async () => {
      const degraded: string[] = [];
      const late = () => Date.now() + 1_460; // as if the answer had taken nearly the whole lease of 1,500 ms
      const guard = redlockGuard([node], { now: late, onDegraded: (cause) => degraded.push(String(cause)) });

      expect(await guard.hold("redeem:7:late", async () => "went on")).toBe("went on");
      expect(degraded).toEqual(["Error: the lock had ended when it came"]);
      await node.ping(); // behind the release
      expect(await node.exists(lockName("redeem:7:late"))).toBe(0);
    });
  });

  describe("a Redis that loses its data", () => {
    it("grants the same lock to a second holder, and the ledger still lets one through", async () => {
      const [here, there] = [redlockGuard([node]), redlockGuard([node])];
      const { ledger, scan } = oneCode();
      let inside = 0;
      let most = 0;
      const redeem = async (scanId: string) => {
        most = Math.max(most, ++inside);
        const outcome = await ledger.redeem(scan(scanId));
        inside--;
        return outcome.kind;
      };

      const second = await here.hold("redeem:7:lost", async () => {
        inside++;
        await node.flushall();
        const kind = await there.hold("redeem:7:lost", () => redeem("second"));
        inside--;
        return [kind, await redeem("first")];
      });
      expect(most).toBe(2);
      expect(second).toEqual(["redeemed", "refused"]);
    });

    it("keeps the second out as long as it keeps its data, so that the test above can fail", async () => {
      const heard: string[] = [];
      const there = redlockGuard([node], { pauseMs: NO_PAUSE, onContended: () => heard.push("contended") });
      const kept = () => there.hold("redeem:7:kept", async () => {});
      await redlockGuard([node]).hold("redeem:7:kept", kept);
      expect(heard).toEqual(["contended"]);
    });
  });

  describe("a lock with the name of data", () => {
    it("can never be had from the library, though nobody holds it", async () => {
      await node.set("redeem:7:data", "not a lock");
      const attempt = new Redlock([node], { retryCount: 0 }).acquire(["redeem:7:data"], 1_000);
      await expect(attempt).rejects.toThrow("unable to achieve a quorum");
    });

    it("cannot happen: the guard's locks have names of their own", async () => {
      const key = "redeem:7:data-too";
      await node.set(key, "not a lock");
      const guard = redlockGuard([node]);
      expect(await guard.hold(key, () => node.exists(lockName(key)))).toBe(1);
      expect(await node.get(key)).toBe("not a lock");
    });
  });

  describe("a lock given back", () => {
    it("is gone from every node", async () => {
      const name = lockName("redeem:7:returned");
      const everywhere = async () => (await Promise.all(nodes.map((one) => one.exists(name)))).toString();
      const guard = redlockGuard(nodes);
      await guard.hold("redeem:7:returned", () => expect.poll(everywhere).toBe("1,1,1"));
      await expect.poll(everywhere).toBe("0,0,0");
    });

    it("too late, does not take the next holder's with it", async () => {
      const name = lockName("redeem:7:overtaken");
      await redlockGuard([node]).hold("redeem:7:overtaken", async () => {
        await node.pexpire(name, 1); // the lease ends while the work goes on
        await expect.poll(() => node.exists(name)).toBe(0);
        await node.set(name, "the next holder's");
      });
      await node.ping(); // behind the release
      expect(await node.get(name)).toBe("the next holder's");
    });
  });

  describe("a slow node", () => {
    it("of three is not waited for: the lock is had before its answer comes", async () => {
      const line = await slowLineTo(servers[2]?.port ?? 0);
      const slow = await connectedTo(`redis://127.0.0.1:${line.port}`);
      const heard: unknown[] = [];
      const onDegraded = (cause: unknown) => heard.push(cause);
      const guard = redlockGuard([node, nodes[1] as Redis, slow], {
        onDegraded,
        onContended: () => heard.push("held"),
      });

      line.keepBack();
      const waiting = await guard.hold("redeem:7:slow", async () => {
        await expect.poll(line.waiting).toBe(1);
        return Promise.all([0, 1].map((at) => nodes[at]?.exists(lockName("redeem:7:slow"))));
      });
      expect(waiting).toEqual([1, 1]);
      expect(heard).toEqual([]);
      slow.disconnect();
      await line.close();
    });

    it("alone is waited for no longer than the patience, even on a connection without a limit", async () => {
      const line = await slowLineTo(servers[2]?.port ?? 0);
      const slow = await connectedTo(`redis://127.0.0.1:${line.port}`, 60_000);
      const degraded: string[] = [];
      const guard = redlockGuard([slow], { patienceMs: 30, onDegraded: (cause) => degraded.push(String(cause)) });

      line.keepBack();
      expect(await guard.hold("redeem:7:slower", async () => line.waiting())).toBe(1);
      expect(degraded).toEqual(["Error: Redis did not answer within 30 ms"]);

      line.letGo(); // the lock comes after all, and must not stay
      await expect.poll(() => nodes[2]?.exists(lockName("redeem:7:slower"))).toBe(0);
      slow.disconnect();
      await line.close();
    });
  });
});

/** The model of the ledger, with one code for one use. */
function oneCode() {
  let ids = 0;
  const { ledger, addCode } = modelWorld({ now: () => new Date(), newId: () => `id ${++ids}` });
  const lookup = new Uint8Array(32).fill(1);
  addCode({
    id: "code" as CodeId,
    lookup,
    offlineId: lookup,
    purpose: "check_out",
    holder: { id: "member" as MemberId, name: "Member" },
    resource: { id: "drill" as ResourceId, name: "Drill", loanMinutes: 60, version: 0 },
    uses: 0,
    maxUses: 1,
    opensAt: new Date(Date.now() - 60_000),
    expiresAt: new Date(Date.now() + 60_000),
    invalidatedAt: null,
    isRotating: false,
    lastStep: null,
    lease: null,
    deskId: null,
    version: 0,
  });
  const by = { deviceId: null, memberId: "staff" as MemberId } as const;
  const scan = (scanId: string) =>
    ({ scanId: scanId as ScanId, lookup, fingerprint: lookup, source: "camera", by }) as const;
  return { ledger, scan };
}
