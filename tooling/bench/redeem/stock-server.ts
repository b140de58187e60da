// The stack as most projects write it, in a process of its own: tRPC's Express adapter, Redlock, and an interactive
// transaction of Prisma. No sign-in, no row security, no journal: it does less than the product and has every advantage.
import type { AddressInfo } from "node:net";
import { openDatabase } from "@tessera/db";
import { codeKeys } from "@tessera/domain/qr/keys";
import { parseCode } from "@tessera/domain/qr/token";
import { initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express from "express";
import { z } from "zod";
import { SECRET } from "./house.ts";
import { lockAndWrite } from "./ways/naive.ts";
import { stockRedlock } from "./ways/redlock.ts";

const [databaseUrl = "", redisUrl = "", tenantId = "", deviceId = ""] = process.argv.slice(2);
const { prisma } = openDatabase("postgres", databaseUrl);
const redlock = stockRedlock(redisUrl);
const keys = await codeKeys(SECRET);

const t = initTRPC.create();
const scan = z.object({ scanId: z.uuid(), text: z.string().max(200), source: z.enum(["camera", "wedge"]) });
const outcome = z.object({
  kind: z.enum(["redeemed", "refused"]),
  refusal: z.object({ reason: z.string() }).optional(),
});
const qr = t.router({
  redeem: t.procedure
    .input(scan)
    .output(outcome)
    .mutation(async ({ input }) => {
      const code = parseCode(input.text);
      if (typeof code === "string") return { kind: "refused" as const, refusal: { reason: code } };
      const lookup = Buffer.from(await keys.lookupOf(code.secretPart));
      const told = await redlock.hold(lookup.toString("hex"), () =>
        lockAndWrite(prisma, { tenantId, deviceId }, lookup),
      );
      return told === "redeemed" ? { kind: told } : { kind: "refused" as const, refusal: { reason: told } };
    }),
});

const app = express();
app.use("/trpc", createExpressMiddleware({ router: t.router({ qr }) }));
const server = app.listen(0, "127.0.0.1", () => console.log(`port ${(server.address() as AddressInfo).port}`));
