// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForWedge, type WedgeWish } from "./wedge.ts";

const CODE = "T10ABCDEFGHJKMNPQRSTVWXYZ01234";

let clock = 0;
let stop = () => {};
let read: string[] = [];

const listen = (accepts?: WedgeWish["accepts"]) => {
  stop = listenForWedge(window, { onRead: (text) => read.push(text), ...(accepts ? { accepts } : {}) });
};

/** The time of an event is part of it, so a hand can type slowly in no time. */
function press(key: string, gap: number, more: KeyboardEventInit = {}) {
  clock += gap;
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, "timeStamp", { value: clock });
  (document.activeElement ?? document.body).dispatchEvent(event);
  return event;
}
const type = (text: string, gap: number) => [...text].forEach((key) => void press(key, gap));

beforeEach(() => {
  vi.useFakeTimers();
  read = [];
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("a hand scanner", () => {
  it.each(["Enter", "Tab", "\n"])("is read when it ends its code with %j, which nobody else hears", (ending) => {
    listen();
    type(CODE, 20);
    const last = press(ending, 20);
    expect(read).toEqual([CODE]);
    expect(last.defaultPrevented).toBe(true);
  });

  it("is read when it just falls silent", () => {
    listen();
    type(CODE, 30);
    vi.advanceTimersByTime(119);
    expect(read).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(read).toEqual([CODE]);
  });

  it("may take seconds for a long code, and may stutter", () => {
    listen();
    const long = CODE.repeat(6);
    [...long].forEach((key, i) => void press(key, i % 20 === 7 ? 110 : 25));
    press("Enter", 25);
    expect(read).toEqual([long]);
  });

  it("sends Shift before its capitals, and that is no letter", () => {
    listen();
    for (const key of CODE) {
      press("Shift", 5);
      press(key, 5, { shiftKey: true });
    }
    press("Enter", 5);
    expect(read).toEqual([CODE]);
  });

  it("reads two codes as two", () => {
    listen();
    for (const code of [CODE, CODE.toLowerCase()]) {
      type(code, 10);
      press("Enter", 10);
    }
    type(CODE, 10);
    type(CODE.slice(0, 10), 10);
    expect(read).toEqual([CODE, CODE.toLowerCase()]);
  });
});

describe("a person at the keyboard", () => {
  it("is not taken for a scanner", () => {
    listen();
    type("good morning", 90);
    const enter = press("Enter", 90);
    expect(read).toEqual([]);
    expect(enter.defaultPrevented).toBe(false);
  });

  it("may press a few keys fast, or a shortcut", () => {
    listen();
    type("asdfghj", 15);
    press("Enter", 15);
    for (let i = 0; i < 10; i++) press("c", 10, { ctrlKey: true });
    press("Enter", 10);
    expect(read).toEqual([]);
  });

  it("keeps every key while writing in a field", () => {
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    listen();
    type(CODE, 10);
    expect(press("Enter", 10).defaultPrevented).toBe(false);
    expect(read).toEqual([]);
  });
});

it("passes over what is not one of ours, and leaves its Enter alone", () => {
  listen((text) => text.startsWith("T1"));
  type("4006381333931", 10);
  expect(press("Enter", 10).defaultPrevented).toBe(false);
  type(CODE, 10);
  press("Enter", 10);
  expect(read).toEqual([CODE]);
});

it("hears nothing after it was stopped", () => {
  listen();
  type(CODE, 10);
  stop();
  vi.advanceTimersByTime(1_000);
  press("Enter", 10);
  expect(read).toEqual([]);
});
