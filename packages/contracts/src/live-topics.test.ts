import { expect, it } from "vitest";
import { Resume } from "./events.ts";
import { resumePoint } from "./live-topics.ts";

const INPUTS: unknown[] = [
  undefined,
  null,
  {},
  { lastEventId: null },
  { lastEventId: undefined },
  { lastEventId: "17" },
  { lastEventId: "-1" },
  { lastEventId: 17 },
  { lastEventId: "1".repeat(16) },
  { lastEventId: "1", more: 1 },
  [],
  "17",
];

it.each(INPUTS.map((input) => ({ input })))("$input is read as the checker does", ({ input }) => {
  const checked = Resume.safeParse(input);
  expect(resumePoint(input)).toBe(checked.success ? (checked.data?.lastEventId ?? null) : undefined);
});
