import { expect, it } from "vitest";
import { scan } from "../testing.ts";
import { sentenceFor } from "./sentence-for.ts";

const idle = {
  showing: { kind: "idle" },
  camera: "running",
  isForeign: false,
  isReading: false,
  isSwitchedOff: false,
} as const;

it("says one thing at a time, the most pressing first", () => {
  const checking = { kind: "checking", scan: scan(1), since: 0 } as const;
  expect(sentenceFor({ ...idle, showing: checking, isForeign: true, isReading: true, isSwitchedOff: true })).toBe(
    "Checking…",
  );
  expect(sentenceFor({ ...idle, isReading: true, isForeign: true })).toBe("Reading the picture…");
  const off = { ...idle, isSwitchedOff: true };
  for (const camera of ["running", "starting", { problem: "no_camera" }] as const) {
    expect(sentenceFor({ ...off, camera, isForeign: true })).toBe("Codes are switched off at the moment.");
  }
  expect(sentenceFor({ ...idle, camera: { problem: "no_camera" } })).toBe("Scan, read a picture or type the code");
  expect(sentenceFor({ ...idle, camera: "starting" })).toBe("Starting the camera…");
  expect(sentenceFor({ ...idle, isForeign: true })).toBe("That is not one of our codes");
  expect(sentenceFor(idle)).toBe("Hold your code to the camera");
});
