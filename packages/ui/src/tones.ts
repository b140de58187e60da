/** The sounds of a desk: rising for yes, one note for "look", falling for no. */
export type Tone = "yes" | "look" | "no";

interface Note {
  hertz: number;
  /** Seconds after the start. */
  from: number;
  seconds: number;
}

/** What is played for each tone. */
export const melodies: Record<Tone, readonly Note[]> = {
  yes: [
    { hertz: 659, from: 0, seconds: 0.12 },
    { hertz: 988, from: 0.12, seconds: 0.22 },
  ],
  look: [{ hertz: 587, from: 0, seconds: 0.3 }],
  no: [
    { hertz: 370, from: 0, seconds: 0.16 },
    { hertz: 233, from: 0.16, seconds: 0.34 },
  ],
};

export interface Tones {
  play(tone: Tone): void;
  mute(isMuted: boolean): void;
  /** Gives the sound device back. */
  close(): void;
}

/**
 * Browsers keep a page silent until somebody touches it: the sound opens at the first gesture, and a tone before that is
 * dropped rather than played late, when it would belong to another scan.
 */
export function openTones(open: () => AudioContext = () => new AudioContext(), gestures: EventTarget = window): Tones {
  let context: AudioContext | null = null;
  let muted = false;

  const unlock = () => {
    context ??= open();
    void context.resume();
  };
  const names = ["pointerdown", "keydown"];
  for (const name of names) gestures.addEventListener(name, unlock);

  return {
    play: (tone) => {
      if (muted || context?.state !== "running") return;
      for (const note of melodies[tone]) playNote(context, note);
    },
    mute: (isMuted) => {
      muted = isMuted;
    },
    close: () => {
      for (const name of names) gestures.removeEventListener(name, unlock);
      void context?.close();
      context = null;
    },
  };
}

/** A soft attack and release: a bare switch would click. */
function playNote(context: AudioContext, { hertz, from, seconds }: Note): void {
  const start = context.currentTime + from;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.35, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + seconds);

  const voice = context.createOscillator();
  voice.type = "triangle";
  voice.frequency.setValueAtTime(hertz, start);
  voice.connect(volume).connect(context.destination);
  voice.start(start);
  voice.stop(start + seconds);
}
