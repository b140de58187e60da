// @vitest-environment jsdom
import { act, StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SessionWish } from "./scan-session.ts";
import { ScannerView } from "./scanner-view.tsx";
import { FakeTrack, fakeMedia, fakeStream } from "./testing.ts";
import { useScanner } from "./use-scanner.ts";

const sessions: (SessionWish & { stopped: boolean })[] = [];
vi.mock("./scan-session.ts", () => ({
  // why: camera, worker and canvas have tests of their own; here only what the screen makes of them counts
  startScanSession: (wish: SessionWish) => {
    const session = { ...wish, stopped: false };
    sessions.push(session);
    return () => {
      session.stopped = true;
    };
  },
}));

let root: Root;
let read: string[] = [];
let forget = () => {};

function Screen({ enabled = true, facing = "user" as "user" | "environment" }) {
  const accepts = (text: string) => text.startsWith("T1");
  const scanner = useScanner({ onRead: (text) => read.push(text), accepts, facing, enabled });
  forget = scanner.forget;
  return <ScannerView scanner={scanner} facing={facing} />;
}

const show = (props: Parameters<typeof Screen>[0]) => act(async () => root.render(<Screen {...props} />));
const current = () => sessions.at(-1) as (typeof sessions)[number];
const find = (selector: string) => document.querySelector(selector) as HTMLElement | null;
const stateShown = () => find(".scanner")?.dataset.state;

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("navigator", { mediaDevices: fakeMedia([], ["Front", "Back"]) });
  sessions.length = 0;
  read = [];
  root = createRoot(document.body.appendChild(document.createElement("div")));
});
afterEach(async () => {
  await act(async () => root.unmount());
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("a scanner on a screen", () => {
  it("runs while it is enabled and no longer", async () => {
    await show({ enabled: false });
    expect(sessions).toHaveLength(0);
    expect(stateShown()).toBe("stopped");

    await show({});
    expect(current().stopped).toBe(false);
    await show({ enabled: false });
    expect(current().stopped).toBe(true);
  });

  it("keeps one session in strict mode, and across new callbacks", async () => {
    await act(async () => root.render(<StrictMode children={<Screen />} />));
    await act(async () => root.render(<StrictMode children={<Screen />} />));
    expect(sessions.filter((session) => !session.stopped)).toHaveLength(1);
  });

  it("reports a held code once, passes over what is not ours, and scans again on purpose", async () => {
    await show({});
    for (const text of ["T1A", "T1A", "https://example.org", "T1B", "T1A"]) current().onText(text);
    expect(read).toEqual(["T1A", "T1B"]);

    forget();
    current().onText("T1A");
    expect(read).toEqual(["T1A", "T1B", "T1A"]);
  });

  it("says what is wrong in words and starts again when asked", async () => {
    await show({});
    await act(async () => current().onState({ problem: "permission_denied" }));
    expect(stateShown()).toBe("permission_denied");
    expect(find("[role=alert]")?.textContent).toContain("not allowed");

    await act(async () => find(".scanner-retry")?.click());
    expect(sessions).toHaveLength(2);
    expect(sessions[0]?.stopped).toBe(true);
  });

  it("offers the cameras there are once one runs, and opens the one chosen", async () => {
    await show({ facing: "environment" });
    await act(async () => current().onStream(fakeStream() as unknown as MediaStream));
    const options = [...document.querySelectorAll("option")].map((option) => option.textContent);
    expect(options).toEqual(["Switch…", "Front", "Back"]);

    const select = find("select") as HTMLSelectElement;
    await act(async () => {
      select.value = "camera-1";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    });
    expect(current().camera).toEqual({ facing: "environment", deviceId: "camera-1" });
    expect(JSON.parse(localStorage.getItem("tessera.camera") ?? "")).toEqual({ deviceId: "camera-1", label: "Back" });
  });

  it("offers a light only where there is one", async () => {
    await show({});
    await act(async () => current().onStream(fakeStream() as unknown as MediaStream));
    expect(find(".scanner-torch")).toBeNull();

    const track = new FakeTrack();
    track.torch = false;
    await act(async () => current().onStream(fakeStream(track) as unknown as MediaStream));
    await act(async () => find(".scanner-torch")?.click());
    expect(track.torch).toBe(true);
    expect(find(".scanner-torch")?.getAttribute("aria-pressed")).toBe("true");
  });

  it("has a video that iPhones play: muted, inline, by itself", async () => {
    await show({});
    const video = find("video") as HTMLVideoElement;
    expect([video.muted, video.hasAttribute("playsinline"), video.autoplay]).toEqual([true, true, true]);
    expect(find(".scanner")?.dataset.facing).toBe("user");
  });
});
