import type { FlagKey, TenantId } from "@tessera/contracts";
import type { Flags } from "@tessera/db";
import type { FlagSetting } from "@tessera/domain/flags/evaluate";
import { expect, it } from "vitest";
import { openFlagBoard } from "./flag-board.ts";

const KEY: FlagKey = "qr-checkout-enabled";
const tenant = "tenant" as TenantId;
const on: FlagSetting = { key: KEY, enabled: true, archived: false, killedAt: null, targetTenants: [], revision: 1 };
const killed: FlagSetting = { ...on, killedAt: new Date("2026-11-21T12:00:00Z"), revision: 2 };

/** A store whose readings come out as told, one after the other; the last one stays. */
function readings(...results: Array<FlagSetting | Error>) {
  const read = { times: 0 };
  const all = async () => {
    const result = results[Math.min(read.times++, results.length - 1)];
    if (result instanceof Error) throw result;
    return result ? [result] : [];
  };
  return { read, flags: { all } as Flags };
}

it("does not lose a kill because the database was away for a moment", async () => {
  const troubles: unknown[] = [];
  const { flags } = readings(on, new Error("away"), killed);
  const board = await openFlagBoard(flags, (cause) => troubles.push(cause));
  expect(board.decide(KEY, tenant).value).toBe(true);

  await board.refresh();
  expect(board.decide(KEY, tenant)).toMatchObject({ value: false, reason: "KILLED" });
  expect(troubles).toHaveLength(1);
});

it("reads once more, not a hundred times, when a hundred tenants tell of one change", async () => {
  const { flags, read } = readings(on, killed);
  const board = await openFlagBoard(flags, () => {});
  await Promise.all(Array.from({ length: 100 }, () => board.refresh()));
  expect(read.times).toBeLessThanOrEqual(3);
  expect(board.decide(KEY, tenant).value).toBe(false);
});

it("ends only when a reading that is under way has ended, and reads nothing after it", async () => {
  const { flags, read } = readings(on, on);
  const board = await openFlagBoard(flags, () => {});
  let hasRead = false;
  const reading = board.refresh().then(() => {
    hasRead = true;
  });
  await board.close();
  await reading;
  expect(hasRead).toBe(true);
  await board.refresh();
  expect(read.times).toBe(2);
});
