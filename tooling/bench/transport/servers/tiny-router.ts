import { initTRPC } from "@trpc/server";
import { Asked, Told, work } from "../work.ts";

const t = initTRPC.create();

/** One minimal mutation: the same for tRPC's own adapters and for our doors. */
export const tinyRouter = t.router({
  scan: t.procedure
    .input(Asked)
    .output(Told)
    .mutation(({ input }) => work(input)),
});
