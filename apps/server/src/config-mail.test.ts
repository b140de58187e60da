import { expect, it } from "vitest";
import { readConfig } from "./config.ts";

const SMTP_URL = "smtps://lend:secret@mail.example:465";

it("sends letters by the mail server that is named, and else writes them beside the data", () => {
  const MAIL_FROM = "Lend <lend@example.org>";
  expect(readConfig({ SMTP_URL, MAIL_FROM }, []).mail).toEqual({ kind: "smtp", url: SMTP_URL, from: MAIL_FROM });
  expect(readConfig({ TESSERA_DATA_DIR: "/data" }, []).mail).toMatchObject({ kind: "folder", folder: "/data/mail" });
});

it.each([
  ["a mail server that is none", { SMTP_URL: "mail.example" }, /^SMTP_URL must look like smtps:/],
  ["letters from nobody", { SMTP_URL }, /^MAIL_FROM is needed with SMTP_URL/],
  ["a sender that is none", { SMTP_URL, MAIL_FROM: "Lend" }, /^MAIL_FROM must look like Lend </],
  ["a sender of two lines", { SMTP_URL, MAIL_FROM: "Lend\nBcc: x <lend@example.org>" }, /^MAIL_FROM must look like/],
])("says what to do about %s", (_what, env, words) => {
  expect(() => readConfig(env, [])).toThrow(words);
});
