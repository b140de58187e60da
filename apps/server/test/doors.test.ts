import { request as ask } from "node:http";
import { text } from "node:stream/consumers";
import { calls } from "@tessera/api";
import { newScanId } from "@tessera/sdk/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asToldBefore } from "./support/as-told-before.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

interface Told {
  status: number | undefined;
  headers: Record<string, unknown>;
  body: string;
  /** Only the adapter behind Express sends its answers in chunks. */
  by: "door" | "adapter";
}

type Way = "plain" | "unusual";

const INPUTS = [undefined, "null", "{}", '{"nobody":"knows this"}', '{"__proto__":{"x":1}}', '"words"', "[1,2]", "{"];

describe("the two ways to a procedure", () => {
  let server: RunningServer;
  const callers: Record<string, Record<string, string>> = {};

  beforeAll(async () => {
    server = await runningServer();
    callers.stranger = {};
    callers.member = { cookie: await server.cookieOf("member@library.example") };
    callers.staff = { cookie: await server.cookieOf("staff@library.example") };
    callers.operator = { cookie: await server.cookieOf("operator@library.example") };
    callers.desk = { authorization: `Bearer ${await server.deskToken()}` };
  });
  afterAll(() => server?.stop());

  /** The unusual way asks for the same with a word more that changes nothing, and so is left to tRPC's adapter. */
  async function told(
    path: string,
    input: string | undefined,
    headers: Record<string, string>,
    way: Way,
  ): Promise<Told> {
    const isQuery = calls.get(path)?.type === "query";
    const search = [
      ...(isQuery && input !== undefined ? [`input=${encodeURIComponent(input)}`] : []),
      ...(isQuery && way === "unusual" ? ["and=more"] : []),
    ].join("&");
    const type = way === "plain" ? "application/json" : "application/json; charset=utf-8";
    const body = isQuery ? undefined : input;
    const request = ask(`${server.url}/trpc/${path}${search && `?${search}`}`, {
      method: isQuery ? "GET" : "POST",
      headers: {
        ...headers,
        "x-tessera": "1",
        ...(isQuery ? {} : { "content-type": type, "content-length": Buffer.byteLength(body ?? "") }),
      },
    });
    const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
      request.on("response", resolve).on("error", reject).end(body);
    });
    const { "content-length": length, "transfer-encoding": _chunked, date: _date, ...rest } = response.headers;
    return { status: response.statusCode, headers: rest, body: await text(response), by: length ? "door" : "adapter" };
  }

  /** Byte for byte, but for the moment and the salt of what is made anew for each. */
  async function compared(path: string, input: string | undefined, headers: Record<string, string>) {
    const plain = await told(path, input, headers, "plain");
    const unusual = await told(path, input, headers, "unusual");
    expect([plain.by, unusual.by]).toEqual(["door", "adapter"]);
    expect({ path, input, ...lasting(plain) }).toEqual({ path, input, ...lasting(unusual) });
    return plain;
  }

  const oneByOne = [...calls.values()].filter(({ type }) => type !== "subscription").map(({ path }) => path);

  it.each(oneByOne)("give the same bytes for %s, whoever asks and whatever is sent", async (path) => {
    for (const headers of Object.values(callers)) for (const input of INPUTS) await compared(path, input, headers);
  });

  it("give the same bytes for a code that is issued, redeemed, asked for and redeemed again", async () => {
    const { member = {}, desk = {} } = callers;
    const list = await compared("resource.list", undefined, member);
    const resourceId = firstFree(list.body);
    const issued = await told("qr.issue", JSON.stringify({ purpose: "check_out", resourceId }), member, "plain");
    expect(issued).toMatchObject({ status: 200, by: "door" });
    const scan = JSON.stringify({
      scanId: newScanId(),
      text: JSON.parse(issued.body).result.data.text,
      source: "camera",
    });

    const first = await told("qr.redeem", scan, desk, "plain");
    expect(JSON.parse(first.body).result.data).toMatchObject({ kind: "redeemed", replayed: false });
    const again = await compared("qr.redeem", scan, desk);
    expect(again.body).toBe(first.body.replace('"replayed":false', '"replayed":true'));
    expect((await compared("checkout.mine", undefined, member)).body).toContain(resourceId);
    await compared("qr.outcomeOf", JSON.stringify({ scanId: JSON.parse(scan).scanId }), desk);
  });

  it.each([
    ["a batch", { path: "/trpc/account.me,account.me?batch=1", method: "GET" }, 200],
    ["a path that is none", { path: "/trpc/constructor", method: "GET" }, 404],
    ["a path written in another way", { path: "/trpc/account%2Eme", method: "GET" }, 200],
    ["a query sent as a mutation", { path: "/trpc/account.me", method: "POST", type: "application/json" }, 405],
    ["a mutation sent as a query", { path: "/trpc/qr.redeem", method: "GET" }, 405],
    ["words that are no JSON", { path: "/trpc/qr.redeem", method: "POST", type: "text/plain" }, 415],
    ["a page of another site", { path: "/trpc/account.me", method: "GET", origin: "https://elsewhere.example" }, 403],
    ["an input that cannot be read", { path: "/trpc/resource.get?input=%E0%A4%A", method: "GET" }, 401],
  ] as const)("leave %s to the one that knows how", async (_what, asked, status) => {
    const { path, method } = asked;
    const request = ask(`${server.url}${path}`, {
      method,
      headers: {
        ...("type" in asked ? { "content-type": asked.type } : {}),
        ...("origin" in asked ? { origin: asked.origin } : {}),
      },
    });
    const response = await new Promise<import("node:http").IncomingMessage>((resolve) => {
      request.on("response", resolve).end();
    });
    response.resume();
    expect(response.statusCode).toBe(status);
    expect(response.headers["x-content-type-options"]).toBe("nosniff");
  });

  it("refuse a body that is too large, and read a body that begins with a mark of its encoding", async () => {
    const { desk = {} } = callers;
    const large = await told("qr.redeem", `"${"x".repeat(70_000)}"`, desk, "plain");
    expect(large.status).toBe(413);
    const marked = await told("qr.redeem", '\ufeff{"scanId":1}', desk, "plain");
    expect(marked.body).toContain("scanId");
  });
});

const lasting = ({ by: _by, body, ...rest }: Told) => ({
  ...rest,
  body: asToldBefore(body),
});

function firstFree(list: string): string {
  const { data } = JSON.parse(list).result as { data: Array<{ id: string; availability: { state: string } }> };
  const free = data.find(({ availability }) => availability.state === "free");
  if (!free) throw new Error("the demo has nothing that is free");
  return free.id;
}
