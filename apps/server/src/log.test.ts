import { expect, it } from "vitest";
import { openLog } from "./log.ts";

const ENDS_A_LINE = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
const hostile = {
  "a line feed": 'Desk\n{"level":60,"msg":"forged"}',
  "a carriage return": "Desk\r\nforged",
  "an escape sequence": "Desk \u001b[2J\u001b[31mred",
  "the one-letter escape sequence": "Desk \u009b31mred",
  "U+2028 and U+2029": "Desk\u2028forged\u2029forged",
  "U+0085": "Desk\u0085forged",
  quotes: 'Desk","msg":"forged\\',
};

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  const written: string[] = [];
  write(openLog("info", { write: (line) => void written.push(line) }));
  return written.join("");
}

it.each(Object.entries(hostile))("keeps one line one line, and every letter, with %s in it", (_what, text) => {
  const written = logged((log) =>
    log.info({ desk: { name: text }, because: text, [text]: 1, err: new Error(text) }, `killed: ${text}`),
  );

  const [line = "", ...others] = written.split(ENDS_A_LINE);
  expect(others).toEqual([""]);
  expect([...line].filter((letter) => /\p{Cc}/u.test(letter))).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({
    desk: { name: text },
    because: text,
    [text]: 1,
    err: { message: text },
    msg: `killed: ${text}`,
  });
});

it("hides what gives a claim or a session to whoever reads it", () => {
  const written = logged((log) => {
    log.info({ token: "SECRET-1", input: { text: "SECRET-2", source: "camera" }, headers: { cookie: "SECRET-3" } });
  });
  expect(written).not.toContain("SECRET");
  expect(JSON.parse(written)).toMatchObject({ token: "[hidden]", input: { source: "camera" } });
});
