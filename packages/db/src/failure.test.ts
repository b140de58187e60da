import { Failed } from "@tessera/domain/failed";
import { expect, it } from "vitest";
import { failureOf } from "./failure.ts";

const withCode = (code: string) => Object.assign(new Error("said by the driver"), { code });
const wrapped = (originalCode: string) => Object.assign(new Error("by the adapter"), { cause: { originalCode } });
const wrappedTwice = (originalCode: string) =>
  Object.assign(new Error("by the client"), {
    code: "P2039",
    meta: { driverAdapterError: { cause: { originalCode } } },
  });

it.each([
  ["a code that another call holds", withCode("55P03"), "busy"],
  ["a statement that took too long", withCode("57014"), "busy"],
  ["a database that may only be read", withCode("25006"), "read_only"],
  ["a session that was ended while it waited", withCode("25P03"), "unavailable"],
  ["a database that is starting up", wrapped("57P03"), "unavailable"],
  ["a database that is shutting down, told by two layers", wrappedTwice("57P03"), "unavailable"],
  ["a session that an administrator ended", wrapped("57P01"), "unknown_outcome"],
  ["the same, told by two layers", wrappedTwice("57P01"), "unknown_outcome"],
  ["a connection that was refused", withCode("ECONNREFUSED"), "unavailable"],
  ["a connection that broke", withCode("ECONNRESET"), "unknown_outcome"],
])("says what to do about %s", (_what, error, failure) => {
  const failed = failureOf(error);
  expect(failed).toBeInstanceOf(Failed);
  expect(failed).toMatchObject({ failure, cause: error });
});

it("gives a fault of ours back as it is", () => {
  const fault = withCode("23505");
  expect(failureOf(fault)).toBe(fault);
  expect(failureOf(null)).toBeNull();
});
