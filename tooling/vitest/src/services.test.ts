import { describe, expect, it } from "vitest";
import { describeWith, readServices } from "./services.ts";

describe("services", () => {
  it("are what npm test found or started", () => {
    const found = readServices({
      TEST_DATABASE_URL: "postgresql://postgres@127.0.0.1:5432/postgres",
      TEST_REDIS_SERVER: "/usr/bin/redis-server",
      TEST_CHROME_PATH: "/usr/bin/chromium",
    });
    expect(found).toEqual({
      postgres: { available: true, name: "PostgreSQL", url: "postgresql://postgres@127.0.0.1:5432/postgres" },
      redis: { available: true, name: "Redis", server: "/usr/bin/redis-server", url: null },
      chromium: { available: true, name: "Chromium", path: "/usr/bin/chromium" },
    });
  });

  it("carry the reason when they could not be had", () => {
    const { postgres } = readServices({ TEST_DATABASE_MISSING: "the role may not create databases and roles" });
    expect(postgres).toEqual({
      available: false,
      name: "PostgreSQL",
      reason: "the role may not create databases and roles",
    });
  });

  it("are not probed outside npm test, and say where they come from", () => {
    expect(readServices({}).redis).toMatchObject({
      available: false,
      reason: "run npm test, which finds or starts it",
    });
  });
});

let ran = false;
describeWith(
  { available: true, name: "Redis", server: "x", url: null } as const,
  "a suite whose service is there",
  (service) => {
    it("runs, with the service in hand", () => {
      ran = true;
      expect(service.server).toBe("x");
    });
  },
);

describe("the suite above", () => {
  it("really ran", () => expect(ran).toBe(true));
});
