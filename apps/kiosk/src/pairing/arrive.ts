import type { PairedDevice } from "@tessera/contracts";
import type { Connection } from "@tessera/sdk";
import { type Ask, pairingPlan, type Situation } from "./pairing-plan.ts";

/** Who the kiosk is; `ask` when a person has to say. */
export type Arrival = { kind: "desk"; desk: PairedDevice } | Ask;

/** Finds out which desk this kiosk is, and in the demo becomes one by itself. */
export async function arrive({ device }: Connection["client"], situation: Situation): Promise<Arrival> {
  const plan = pairingPlan(situation, await device.demoDesks.query());
  if (plan.kind === "ask") return plan;
  if (plan.kind === "open") return { kind: "desk", desk: plan.desk };

  const outcome = await device.pair.mutate({ pairingCode: plan.demoDesk.pairingCode });
  return outcome.kind === "paired" ? { kind: "desk", desk: outcome } : { kind: "ask", unknown: null };
}
