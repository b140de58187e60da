import { type AddressInfo, createServer, type Socket } from "node:net";
import { describeWith, postgres } from "@tessera/vitest/services";
import { expect, it, onTestFinished } from "vitest";
import { watchedPool } from "./watched-pool.ts";

/** A pool of one connection, and how often it said that somebody waited for it in vain. */
function poolOf(connectionString: string) {
  const told = { times: 0 };
  const pool = watchedPool({ connectionString, max: 1, connectionTimeoutMillis: 100 }, () => told.times++);
  onTestFinished(() => pool.end());
  return { pool, told };
}

describeWith(postgres, "a pool whose connections are all in use", ({ url }) => {
  it("tells whenever somebody waited for one in vain", async () => {
    const { pool, told } = poolOf(url);
    const held = await pool.connect();
    await expect(pool.connect()).rejects.toThrow("timeout");
    await expect(pool.query("SELECT 1")).rejects.toThrow("timeout");
    expect(told.times).toBe(2);
    held.release();
    await pool.query("SELECT 1");
    expect(told.times).toBe(2);
  });
});

it("does not blame a pool for a server that accepts and then says nothing", async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const { pool, told } = poolOf(`postgresql://nobody@127.0.0.1:${(silent.address() as AddressInfo).port}/nothing`);
  const ended = await Promise.allSettled([pool.connect(), pool.connect(), pool.query("SELECT 1")]);
  expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(told.times).toBe(0);
});
