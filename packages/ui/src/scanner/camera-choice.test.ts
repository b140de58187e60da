// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import { pickCamera, recallCamera, rememberCamera } from "./camera-choice.ts";

const named = (...labels: string[]) => labels.map((label, i) => ({ deviceId: `id-${i}`, label }));

describe("which camera", () => {
  it("is the one remembered, by its id or, where ids change each day, by its label", () => {
    const cameras = named("Front", "Back");
    expect(pickCamera(cameras, { deviceId: "id-1", label: "?" }, "user")?.label).toBe("Back");
    expect(pickCamera(cameras, { deviceId: "yesterday's", label: "Back" }, "user")?.label).toBe("Back");
  });

  it("is left to the browser looking at the person, or before any label is known", () => {
    expect(pickCamera(named("Front", "Back"), null, "user")).toBeNull();
    expect(pickCamera(named("", ""), { deviceId: "gone", label: "" }, "environment")).toBeNull();
  });

  it("is the first plain back camera looking away: wide and long lenses cannot focus near", () => {
    const cameras = named(
      "Back Ultra Wide",
      "Back Telephoto",
      "camera2 10, facing back",
      "camera2 0, facing back",
      "Front",
    );
    expect(pickCamera(cameras, null, "environment")?.label).toBe("camera2 0, facing back");
  });

  it("is remembered on this device, and a forbidden or spoiled memory is none", () => {
    rememberCamera({ deviceId: "a", label: "Kiosk" });
    expect(recallCamera()).toEqual({ deviceId: "a", label: "Kiosk" });

    localStorage.setItem("tessera.camera", "{");
    expect(recallCamera()).toBeNull();

    vi.stubGlobal("localStorage", undefined);
    expect(() => rememberCamera({ deviceId: "b", label: "" })).not.toThrow();
    expect(recallCamera()).toBeNull();
    vi.unstubAllGlobals();
  });
});
