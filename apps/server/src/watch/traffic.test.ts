import type { TenantId } from "@tessera/contracts";
import { expect, it } from "vitest";
import { trafficMeter } from "./traffic.ts";

const KEY = "qr-checkout-enabled";
const tenant = "tenant" as TenantId;
const start = new Date("2026-11-25T12:00:01.500Z").getTime();

function metered() {
  const clock = { at: start };
  const meter = trafficMeter(() => new Date(clock.at));
  const call = (isExposed: boolean, failure: string | null = null) =>
    meter.called({ path: "qr.redeem", tenantId: tenant, exposedTo: isExposed ? KEY : null, failure, trace: "a trace" });
  return { clock, meter, call };
}

it("counts what went through a flag by tenant, and what went past it in one", () => {
  const { meter, call } = metered();
  call(true);
  call(true, "internal");
  call(false, "internal");
  const { counts, failures } = meter.take();
  expect(counts.filter(({ key }) => key === KEY)).toEqual([
    { key: KEY, slice: new Date("2026-11-25T12:00:00Z"), tenantId: tenant, calls: 2, failures: 1 },
    { key: KEY, slice: new Date("2026-11-25T12:00:00Z"), tenantId: null, calls: 1, failures: 1 },
  ]);
  expect(failures).toEqual([
    {
      key: KEY,
      at: new Date(start).toISOString(),
      path: "qr.redeem",
      failure: "internal",
      tenantId: tenant,
      trace: "a trace",
    },
  ]);
});

it("counts the same calls as past every other flag", () => {
  const { meter, call } = metered();
  call(true, "internal");
  const others = meter.take().counts.filter(({ key }) => key !== KEY);
  expect(others.every(({ tenantId, calls, failures }) => tenantId === null && calls === 1 && failures === 1)).toBe(
    true,
  );
  expect(others.length).toBeGreaterThan(0);
});

it("forgets what was taken", () => {
  const { meter, call } = metered();
  call(true);
  meter.take();
  expect(meter.take()).toEqual({ counts: [], failures: [] });
});

it("counts in slices of ten seconds, and begins one when the flags have changed", () => {
  const { clock, meter, call } = metered();
  call(true);
  clock.at += 1_000;
  meter.split();
  call(true);
  clock.at += 10_000;
  call(true);
  const slices = meter.take().counts.flatMap(({ key, slice }) => (key === KEY ? slice.toISOString() : []));
  expect(slices).toEqual(["2026-11-25T12:00:00.000Z", "2026-11-25T12:00:02.500Z", "2026-11-25T12:00:10.000Z"]);
});
