import {
  AboutPairing,
  ActOnDesk,
  ApprovePairing,
  ChangeDesk,
  DemoDesk,
  Desk,
  DeskOutcome,
  DeskStanding,
  DeviceId,
  DeviceInvitation,
  InviteDevice,
  OwnToken,
  PairDevice,
  PairingRequest,
  PairOutcome,
  PollOutcome,
  PollPairing,
  SettledPairing,
  StartedPairing,
  StartPairing,
} from "@tessera/contracts";
import { browserWords } from "@tessera/domain/devices/browser-words";
import { drawUserCode, FIRST_INTERVAL_SECONDS, REQUEST_MINUTES } from "@tessera/domain/devices/pairing-request";
import { encodeBase32 } from "@tessera/domain/qr/base32";
import { newToken } from "@tessera/domain/tokens";
import { z } from "zod";
import { publicProcedure, staffProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const INVITATION_MINUTES = 15;
const MINUTE_MS = 60_000;
const VERIFICATION_PATH = "/console/desks/pair";
const UNKNOWN = { kind: "refused", because: "unknown_user_code" } as const;

export const device = router({
  /** Staff get a short code to type into a new kiosk: 40 random bits, once, for 15 minutes. */
  invite: staffProcedure
    .input(InviteDevice)
    .output(DeviceInvitation)
    .mutation(async ({ ctx, input }) => {
      const { random, hashOf, now } = ctx.platform;
      const pairingCode = encodeBase32(random(5));
      const expiresAt = new Date(now().getTime() + INVITATION_MINUTES * MINUTE_MS);
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
      const token = newToken("tsd", random);
      const device = await pairing.pair(hashOf(input.pairingCode), hashOf(token));
      if (!device) return { kind: "refused", because: "unknown_pairing_code" };
      return { kind: "paired", token, deviceId: device.deviceId, name: device.name, tenant: device.tenant.name };
    }),

  /** A kiosk asks to become a desk, and shows the code it is given (RFC 8628). Staff approve it at the path, within ten minutes. */
  start: publicProcedure
    .meta({ limit: "pair" })
    .input(StartPairing)
    .output(StartedPairing)
    .mutation(async ({ ctx, input }) => {
      const { random, hashOf, pairing, now } = ctx.platform;
      const [deviceCode, userCode] = [encodeBase32(random(32)), drawUserCode(random)];
      const askedAt = now();
      const expiresAt = new Date(askedAt.getTime() + REQUEST_MINUTES * MINUTE_MS);
      await pairing.ask({
        deviceCodeHash: hashOf(deviceCode),
        userCodeHash: hashOf(userCode),
        browser: browserWords(input.userAgent),
        askedAt,
        expiresAt,
        intervalSeconds: FIRST_INTERVAL_SECONDS,
      });
      return {
        deviceCode,
        userCode,
        verificationPath: VERIFICATION_PATH,
        expiresAt: expiresAt.toISOString(),
        intervalSeconds: FIRST_INTERVAL_SECONDS,
      };
    }),

  /** The kiosk asks how its request stands. Its token is told once. */
  poll: publicProcedure
    .meta({ limit: "poll" })
    .input(PollPairing)
    .output(PollOutcome)
    .mutation(async ({ ctx, input }) => {
      const { random, hashOf, pairing, now } = ctx.platform;
      const token = newToken("tsd", random);
      const answer = await pairing.poll(hashOf(input.deviceCode), hashOf(token), now());
      if (answer.kind !== "paired") return answer;
      const { deviceId, name, tenant } = answer.device;
      return { kind: "paired", token, deviceId, name, tenant: tenant.name };
    }),

  /** What asks under a code, for staff to compare with the screen before them. A mutation, so that no address holds the code. */
  request: staffProcedure
    .input(AboutPairing)
    .output(PairingRequest)
    .mutation(({ ctx, input }) => {
      const { hashOf, now } = ctx.platform;
      return ctx.tenant.pairingRequests.find(hashOf(input.userCode), now());
    }),

  /** The kiosk with this code becomes a desk of this tenant. */
  approve: staffProcedure
    .input(ApprovePairing)
    .output(SettledPairing)
    .mutation(async ({ ctx, input: { userCode, ...desk } }) => {
      const { hashOf, now } = ctx.platform;
      const { memberId } = ctx.caller;
      const isDone = await ctx.tenant.pairingRequests.approve(hashOf(userCode), desk, memberId, now());
      return isDone ? { kind: "approved" } : UNKNOWN;
    }),

  /** It does not. */
  deny: staffProcedure
    .input(AboutPairing)
    .output(SettledPairing)
    .mutation(async ({ ctx, input }) => {
      const { hashOf, now } = ctx.platform;
      const isDone = await ctx.tenant.pairingRequests.deny(hashOf(input.userCode), ctx.caller.memberId, now());
      return isDone ? { kind: "denied" } : UNKNOWN;
    }),

  /** Every desk, how it stands and what it may do. */
  list: staffProcedure.output(z.array(Desk)).query(({ ctx }) => ctx.tenant.desks.list()),

  /** Locks, blocks or wipes a desk, or takes that back. An open kiosk sees it at once, any other at its next contact. */
  act: staffProcedure
    .input(ActOnDesk)
    .output(DeskOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.desks.act(input, ctx.caller.memberId)),

  /** Another name, or other things that it may do. */
  change: staffProcedure
    .input(ChangeDesk)
    .output(DeskOutcome)
    .mutation(({ ctx, input }) => ctx.tenant.desks.change(input, ctx.caller.memberId)),

  /** A kiosk asks how it stands, also when it is a stranger everywhere else. Who holds the token may know. */
  standing: publicProcedure
    .meta({ limit: "poll" })
    .input(OwnToken)
    .output(DeskStanding)
    .mutation(({ ctx, input }) => ctx.platform.pairing.standingOf(ctx.platform.hashOf(input.token))),

  /** A kiosk has forgotten everything, as it was asked to. */
  wiped: publicProcedure
    .input(OwnToken)
    .output(z.object({ wiped: z.boolean() }))
    .mutation(async ({ ctx, input }) => ({
      wiped: await ctx.platform.pairing.wiped(ctx.platform.hashOf(input.token)),
    })),

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
