import { describe, expect, it } from "vitest";
import { melodies, openTones } from "./tones.ts";

function fakeSound(state: AudioContextState = "running") {
  const heard: number[] = [];
  const ramp = { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} };
  const chain = { connect: () => chain };
  const context = {
    state,
    currentTime: 0,
    resume: async () => {},
    close: async () => {},
    createGain: () => ({ ...chain, gain: ramp }),
    createOscillator: () => ({
      ...chain,
      frequency: { setValueAtTime: (hertz: number) => heard.push(hertz) },
      start: () => {},
      stop: () => {},
    }),
  };
  return { heard, open: () => context as unknown as AudioContext };
}

const touched = () => {
  const gestures = new EventTarget();
  return { gestures, touch: () => gestures.dispatchEvent(new Event("pointerdown")) };
};

describe("a melody", () => {
  const pitches = (tone: keyof typeof melodies) => melodies[tone].map((note) => note.hertz);

  it("rises for yes, falls for no, and is one note for look", () => {
    const [first = 0, second = 0] = pitches("yes");
    expect(second).toBeGreaterThan(first);
    const [high = 0, low = 0] = pitches("no");
    expect(low).toBeLessThan(high);
    expect(pitches("look")).toHaveLength(1);
  });
});

describe("the tones", () => {
  it("stay silent until somebody touches the page, and do not catch up afterwards", () => {
    const { heard, open } = fakeSound();
    const { gestures, touch } = touched();
    const tones = openTones(open, gestures);
    tones.play("yes");
    touch();
    expect(heard).toEqual([]);
    tones.play("yes");
    expect(heard).toHaveLength(2);
  });

  it("can be muted and heard again", () => {
    const { heard, open } = fakeSound();
    const { gestures, touch } = touched();
    const tones = openTones(open, gestures);
    touch();
    tones.mute(true);
    tones.play("no");
    expect(heard).toEqual([]);
    tones.mute(false);
    tones.play("look");
    expect(heard).toHaveLength(1);
  });

  it("open no sound device after they were closed", () => {
    const { gestures, touch } = touched();
    let opened = 0;
    const tones = openTones(() => {
      opened += 1;
      return fakeSound().open();
    }, gestures);
    tones.close();
    touch();
    expect(opened).toBe(0);
  });
});
