import type { Purpose } from "@tessera/contracts";

export const words = {
  loading: "Getting your code",
  back: "Back",
  title: { check_out: "Take", check_in: "Return" } satisfies Record<Purpose, string>,
  label: {
    check_out: (name: string) => `Code to take ${name}. Show it to the camera of the desk.`,
    check_in: (name: string) => `Code to return ${name}. Show it to the camera of the desk.`,
  } satisfies Record<Purpose, (name: string) => string>,
  letters: "No camera at the desk? Type these letters.",
  timeLeft: "Time left on this code",
  goodUntil: (moment: string) => `Good until ${moment}`,
  renews: "It renews by itself.",
  renewing: "Getting the next one…",
  ended: "This code has ended",
  endedNext: "The next one comes as soon as the server can be reached.",
  offline: (moment: string) => `You are offline. This code can still be shown until ${moment}.`,
  bright: "Turn your brightness up and hold the code a hand's width from the camera.",
  outWord: "Checked out",
  outUntil: (moment: string) => `until ${moment}`,
  backWord: "Returned",
  backThanks: "Thank you for bringing it back.",
  home: "Home",
  loans: "My loans",
  find: "Find something else",
  again: "Try again",
};
