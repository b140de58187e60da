import { randomUUID } from "node:crypto";
import { type HttpLine, openLine } from "../../common/http-line.ts";
import type { Way } from "../way.ts";

interface Told {
  result: { data: { kind: string; refusal?: { reason: string } } };
}

/**
 * A server that speaks tRPC's wire format, each caller over a connection of its own, as desks are.
 *
 * @param urls One or more servers; callers are dealt out among them.
 * @param token Of the desk.
 * @param mostCallers How many callers there will be.
 */
export async function overHttp(urls: readonly string[], token: string, mostCallers: number): Promise<Way> {
  const lines = await Promise.all(
    Array.from({ length: mostCallers }, (_, caller) =>
      openLine(new URL(urls[caller % urls.length] ?? ""), { authorization: `Bearer ${token}` }),
    ),
  );

  return {
    async redeem({ text }, caller) {
      const line = lines[caller] as HttpLine;
      const answer = await line.post(
        "/trpc/qr.redeem",
        JSON.stringify({ scanId: randomUUID(), text, source: "camera" }),
      );
      const { data } = (JSON.parse(answer) as Told).result;
      return data.refusal?.reason ?? data.kind;
    },
    close: async () => {
      for (const line of lines) line.close();
    },
  };
}
