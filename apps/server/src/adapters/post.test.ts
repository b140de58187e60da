import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { expect, it, vi } from "vitest";
import { openPost } from "./post.ts";

const from = "Lend <lend@example.org>";
const mail = { to: "nora@example.org", subject: "A link", text: "https://lend.example/join#the-token" };

/** What would stand in the log. */
function openLog() {
  const lines: string[] = [];
  return { lines, log: pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }) };
}

/** A mail server that takes a letter as soon as it has refused so many. */
async function mailServer(refusals: number): Promise<{ server: Server; url: string; taken: string[] }> {
  const taken: string[] = [];
  let refused = 0;
  const server = createServer((socket) => {
    let isData = false;
    let letter = "";
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      const text = bytes.toString();
      if (isData) {
        letter += text;
        if (!letter.endsWith("\r\n.\r\n")) return;
        isData = false;
        taken.push(letter);
        socket.write("250 taken\r\n");
      } else if (/^RCPT/i.test(text) && refused < refusals) {
        refused++;
        socket.write("550 nobody called nora@example.org\r\n");
      } else if (/^DATA/i.test(text)) {
        isData = true;
        socket.write("354 go on\r\n");
      } else socket.write(/^QUIT/i.test(text) ? "221 bye\r\n" : "250 ok\r\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, taken };
}

it("gives letters to the mail server, again when it refused one, and writes no address and no link down", async () => {
  const { server, url, taken } = await mailServer(1);
  const { lines, log } = openLog();
  const post = openPost({ kind: "smtp", url, from }, log, [1]);
  post.send(mail);
  await vi.waitFor(() => expect(taken).toHaveLength(1));
  await post.close();
  server.close();
  expect(taken[0]).toMatch(/From: Lend <lend@example.org>.*join#the-token/s);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("a letter could not be sent yet");
  expect(lines.join()).not.toMatch(/nora@|the-token/);
});

it("gives a letter up when it was refused each time, and never fails for who sent it", async () => {
  const { server, url, taken } = await mailServer(9);
  const { lines, log } = openLog();
  const post = openPost({ kind: "smtp", url, from }, log, [1, 1]);
  post.send(mail);
  await vi.waitFor(() => expect(lines.at(-1)).toContain("is lost"));
  await post.close();
  server.close();
  expect(taken).toEqual([]);
});

it("writes letters into a folder where there is no mail server, for the eyes of its owner alone", async () => {
  const data = await mkdtemp(join(tmpdir(), "tessera-post-"));
  const folder = join(data, "mail");
  const { lines, log } = openLog();
  const post = openPost({ kind: "folder", folder, from }, log);
  post.send(mail);
  await post.close();
  const [file = ""] = await readdir(folder);
  expect(await readFile(join(folder, file), "utf8")).toMatch(/^To: nora@example.org\r?$/m);
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  expect(lines.join()).not.toMatch(/nora@|the-token/);
  await rm(data, { recursive: true, force: true });
});
