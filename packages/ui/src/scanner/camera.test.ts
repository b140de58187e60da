// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Camera, type CameraState, createCamera } from "./camera.ts";
import { cameraProblem } from "./camera-problem.ts";
import { fakeMedia, fakeStream, fakeVideo, throwing } from "./testing.ts";

let cameras: Camera[] = [];

function cameraWith(media: ReturnType<typeof fakeMedia> | undefined) {
  const states: CameraState[] = [];
  const onFrame = vi.fn();
  const camera = createCamera({
    media: media as unknown as MediaDevices,
    onState: (state) => states.push(state),
    onFrame,
  });
  cameras.push(camera);
  return { camera, states, onFrame, ...fakeVideo() };
}

const facing = "user" as const;
const soon = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(async () => {
  for (const camera of cameras) camera.stop();
  cameras = [];
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
});

describe("a camera", () => {
  it("starts, shows its pictures, and is dark after the stop", async () => {
    const stream = fakeStream();
    const { camera, video, states, onFrame, showPicture } = cameraWith(fakeMedia([() => stream]));
    camera.start(video, { facing });
    await soon();
    showPicture();
    camera.stop();
    await soon();

    expect(states).toEqual(["starting", "running", "stopped"]);
    expect(onFrame).toHaveBeenCalledOnce();
    expect(stream.track.stopped).toBe(true);
    expect(video.srcObject).toBeNull();
  });

  it("is opened once by a page that starts, stops and starts in one breath, as strict mode does", async () => {
    const media = fakeMedia([fakeStream]);
    const { camera, video } = cameraWith(media);
    camera.start(video, { facing });
    camera.stop();
    camera.start(video, { facing });
    await soon();
    expect(media.asked).toHaveLength(1);
  });

  it("is closed at once when it only opens after nobody wants it any more", async () => {
    const stream = fakeStream();
    let open = (_: unknown) => {};
    const { camera, video, states } = cameraWith(fakeMedia([() => new Promise((resolve) => (open = resolve))]));
    camera.start(video, { facing });
    await soon();
    camera.stop();
    open(stream);
    await soon();

    expect(stream.track.stopped).toBe(true);
    expect(states).toEqual(["starting", "stopped"]);
  });

  it.each(["ended", "mute"])("starts again when its track says %s", async (event) => {
    const [first, second] = [fakeStream(), fakeStream()];
    const media = fakeMedia([() => first, () => second]);
    const { camera, video } = cameraWith(media);
    camera.start(video, { facing });
    await soon();
    first.track.dispatchEvent(new Event(event));
    await vi.advanceTimersByTimeAsync(2_000);

    expect(first.track.stopped).toBe(true);
    expect(video.srcObject).toBe(second);
  });

  it("starts again after three seconds without a new picture, and not while pictures come", async () => {
    const media = fakeMedia([fakeStream]);
    const { camera, video, showPicture } = cameraWith(media);
    camera.start(video, { facing });
    await soon();
    for (let i = 0; i < 10; i++) {
      showPicture();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(media.asked).toHaveLength(1);

    await vi.advanceTimersByTimeAsync(4_500);
    expect(media.asked).toHaveLength(2);
  });

  it("is tried four times, ever more slowly, while another program holds it", async () => {
    const media = fakeMedia([throwing("NotReadableError"), throwing("NotReadableError"), fakeStream]);
    const { camera, video, states } = cameraWith(media);
    camera.start(video, { facing });
    await vi.advanceTimersByTimeAsync(400);
    expect(media.asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_200);
    expect(states).toEqual(["starting", "running"]);

    const held = cameraWith(fakeMedia([throwing("NotReadableError")]));
    camera.stop();
    held.camera.start(held.video, { facing });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(held.states).toEqual(["starting", { problem: "in_use" }]);
  });

  it("asks for any camera when the remembered one is gone", async () => {
    localStorage.setItem("tessera.camera", JSON.stringify({ deviceId: "old", label: "Kiosk" }));
    const media = fakeMedia([throwing("OverconstrainedError"), fakeStream], ["Kiosk"]);
    const { camera, video, states } = cameraWith(media);
    camera.start(video, { facing });
    await soon();

    expect(media.asked[0]).toMatchObject({ deviceId: { exact: "camera-0" }, width: { ideal: 1280 } });
    expect(media.asked[1]).toMatchObject({ facingMode: { ideal: "user" } });
    expect(states.at(-1)).toBe("running");
  });

  it("says what is wrong, and asks only once when a person said no", async () => {
    const media = fakeMedia([throwing("NotAllowedError")]);
    const { camera, video, states } = cameraWith(media);
    camera.start(video, { facing });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(states.at(-1)).toEqual({ problem: "permission_denied" });
    expect(media.asked).toHaveLength(1);
  });

  it("knows an address without https, where browsers hide the camera", async () => {
    vi.stubGlobal("isSecureContext", false);
    const { camera, video, states } = cameraWith(undefined);
    camera.start(video, { facing });
    await soon();
    vi.unstubAllGlobals();
    expect(states.at(-1)).toEqual({ problem: "insecure_context" });
  });
});

it("names every failure a browser has for a camera", () => {
  const named = (name: string) => cameraProblem(new DOMException("no", name));
  expect(["NotFoundError", "NotAllowedError", "NotReadableError", "Gremlins"].map(named)).toEqual([
    "no_camera",
    "permission_denied",
    "in_use",
    "unknown",
  ]);
  expect(cameraProblem(undefined)).toBe("unknown");
});
