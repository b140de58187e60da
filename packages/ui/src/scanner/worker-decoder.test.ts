import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DecodeRequest } from "./decode-messages.ts";
import { blankImage } from "./decoding/index.ts";
import { workerDecoder } from "./worker-decoder.ts";

const frame = blankImage(1, 1);

/** A worker that answers only when told to. */
class FakeWorker extends EventTarget {
  readonly requests: DecodeRequest[] = [];
  terminated = false;
  postMessage(request: DecodeRequest) {
    this.requests.push(request);
  }
  terminate() {
    this.terminated = true;
  }
  answer(text: string | null, id = this.requests.at(-1)?.id) {
    this.dispatchEvent(new MessageEvent("message", { data: { id, text, ms: 1 } }));
  }
}

function decoderWithWorkers(onHopeless = () => {}) {
  const workers: FakeWorker[] = [];
  const createWorker = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  };
  return { workers, decoder: workerDecoder({ createWorker, onHopeless }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the worker that reads frames", () => {
  it("answers with the text it read, and stays for the next frame", async () => {
    const { workers, decoder } = decoderWithWorkers();
    const first = decoder.decode(frame, 0);
    workers[0]?.answer("T1");
    const second = decoder.decode(frame, 1);
    workers[0]?.answer(null);

    expect([await first, await second]).toEqual(["T1", null]);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.requests.map((request) => request.effort)).toEqual([0, 1]);
  });

  it("has one frame in flight: another is let go at once", async () => {
    const { workers, decoder } = decoderWithWorkers();
    const first = decoder.decode(frame, 0);
    const bitmap = { width: 1, height: 1, close: vi.fn() };
    expect(await decoder.decode(bitmap, 1)).toBeNull();
    expect(bitmap.close).toHaveBeenCalled();

    workers[0]?.answer("T1");
    expect(await first).toBe("T1");
  });

  it("is replaced when a frame takes it more than a second and a half", async () => {
    const { workers, decoder } = decoderWithWorkers();
    const warmUp = decoder.decode(frame, 0);
    workers[0]?.answer(null);
    await warmUp;

    const stuck = decoder.decode(frame, 1);
    vi.advanceTimersByTime(1_500);
    expect(await stuck).toBeNull();
    expect(workers[0]?.terminated).toBe(true);

    const next = decoder.decode(frame, 2);
    workers[0]?.answer("from the grave", workers[1]?.requests[0]?.id);
    workers[1]?.answer("T1");
    expect(await next).toBe("T1");
  });

  it("has more time for its first frame, since its code must arrive", async () => {
    const { workers, decoder } = decoderWithWorkers();
    const first = decoder.decode(frame, 0);
    vi.advanceTimersByTime(9_000);
    workers[0]?.answer("T1");
    expect(await first).toBe("T1");
  });

  it("is given up after three that died without an answer, and not before", async () => {
    const hopeless = vi.fn();
    const { workers, decoder } = decoderWithWorkers(hopeless);
    for (let i = 0; i < 3; i++) {
      expect(hopeless).not.toHaveBeenCalled();
      const lost = decoder.decode(frame, i);
      workers[i]?.dispatchEvent(new Event("error"));
      expect(await lost).toBeNull();
    }
    expect(hopeless).toHaveBeenCalledOnce();
  });

  it("lets nobody wait when it is stopped", async () => {
    const { workers, decoder } = decoderWithWorkers();
    const waiting = decoder.decode(frame, 0);
    decoder.stop();
    expect(await waiting).toBeNull();
    expect(workers[0]?.terminated).toBe(true);

    expect(await decoder.decode(frame, 1)).toBeNull();
    expect(workers).toHaveLength(1);
  });
});
