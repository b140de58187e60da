import type { FlagDecision } from "@tessera/contracts";
import { expect, it } from "vitest";
import { bucketText, decisionText } from "./decision-words.ts";

it.each([
  [true, "SPLIT", "On for them: their bucket decides."],
  [false, "KILLED", "Off for them: it was killed."],
] as const)("%s by %s: %s", (value, reason, text) => {
  expect(decisionText({ value, reason } as FlagDecision)).toBe(text);
});

it.each([
  [null, null],
  [0, "Bucket 0 of 100,000: in from 0.001 % on."],
  [33_431, "Bucket 33,431 of 100,000: in from 33.432 % on."],
  [99_999, "Bucket 99,999 of 100,000: in from 100 % on."],
])("bucket %s: %s", (bucket, text) => {
  expect(bucketText(bucket)).toBe(text);
});
