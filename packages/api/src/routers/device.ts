import { DemoDesk, DeviceId, DeviceInvitation, InviteDevice, PairDevice, PairOutcome } from "@tessera/contracts";
import { encodeBase32 } from "@tessera/domain/qr/base32";
import { z } from "zod";
import { publicProcedure, staffProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const INVITATION_MINUTES = 15;

export const device = router({
  /** Staff get a short code to type into a new kiosk: 40 random bits, once, for 15 minutes. */
  invite: staffProcedure
    .input(InviteDevice)
    .output(DeviceInvitation)
    .mutation(async ({ ctx, input }) => {
      const { random, hashOf, now } = ctx.platform;
      const pairingCode = encodeBase32(random(5));
      const expiresAt = new Date(now().getTime() + INVITATION_MINUTES * 60_000);
      await ctx.tenant.invitations.add(hashOf(pairingCode), input.name, expiresAt);
      return { pairingCode, expiresAt: expiresAt.toISOString() };
    }),

  /** A kiosk becomes a desk. Its token is told this once; what is kept is its hash. */
  pair: publicProcedure
    .meta({ limit: "pair" })
    .input(PairDevice)
    .output(PairOutcome)
    .mutation(async ({ ctx, input }) => {
      const { random, hashOf, pairing } = ctx.platform;
      const token = `tsd_${encodeBase32(random(32))}`;
      const device = await pairing.pair(hashOf(input.pairingCode), hashOf(token));
      if (!device) return { kind: "refused", because: "unknown_pairing_code" };
      return { kind: "paired", token, deviceId: device.deviceId, name: device.name, tenant: device.tenant.name };
    }),

  /** Lets a desk go on whose story did not fit: staff have seen that there is only one of it. */
  release: staffProcedure
    .input(z.strictObject({ deviceId: DeviceId }))
    .output(z.object({ released: z.boolean() }))
    .mutation(async ({ ctx, input }) => ({
      released: await ctx.tenant.handIns.release(input.deviceId, ctx.caller.memberId),
    })),

  /** The desks anyone may try in the demo. */
  demoDesks: publicProcedure.output(z.array(DemoDesk)).query(({ ctx }) => [...ctx.platform.demoDesks]),
});
