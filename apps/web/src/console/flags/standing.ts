import type { Speech } from "@tessera/contracts";
import type { FlagOverview } from "@tessera/contracts/flags";
import { shortMoment } from "@tessera/ui";
import { audienceOf } from "./audience.ts";

/** How a flag stands now, and for whom, in one sentence. */
export interface Standing {
  state: "on" | "off" | "partly";
  text: string;
}

type Known = Pick<FlagOverview, "setting" | "override">;

const off = (text: string): Standing => ({ state: "off", text });

/** In the order in which the rules are asked: what comes first decides. */
export function standingOf({ setting, override }: Known, speech: Speech): Standing {
  const { archived, killed, breaker } = setting;
  if (archived) return off("Archived: off for everybody.");
  if (killed) return off(`Killed since ${shortMoment(killed.at, speech)}: ${sentence(killed.because)}`);
  if (breaker.state === "open") {
    return off(`The breaker is open since ${shortMoment(breaker.since, speech)}: off for everybody.`);
  }
  const inside = withoutBreaker({ setting, override });
  if (breaker.state === "closed" || inside.state === "off") return inside;
  return { state: "partly", text: `The breaker tries again with ${breaker.share} % of: ${lower(inside.text)}` };
}

function withoutBreaker({ setting, override }: Known): Standing {
  if (override === false) return off("The environment switches it off for everybody.");
  if (override === true) return { state: "on", text: "The environment switches it on for everybody." };
  const { text, reach } = audienceOf(setting);
  if (!setting.enabled) return off(`Switched off. Once on, it is for ${lower(text)}.`);
  return { state: states[reach], text: `${text}.` };
}

const states = { everybody: "on", some: "partly", nobody: "off" } as const;

const lower = (text: string): string => `${text[0]?.toLowerCase() ?? ""}${text.slice(1)}`;
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
