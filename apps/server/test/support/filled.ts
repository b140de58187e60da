import { randomUUID } from "node:crypto";

/** A schema as zod keeps it: what stands in it depends on its type. */
export interface Def {
  type: string;
  shape?: Record<string, { def: Def }>;
  options?: { def: Def }[];
  entries?: Record<string, unknown>;
  values?: unknown[];
  format?: string;
  getter?: () => { def: Def };
  element?: { def: Def };
  innerType?: { def: Def };
  in?: { def: Def };
}

/**
 * @param schema Of a procedure's input.
 * @param text Stands wherever any text may stand.
 * @param pick Which of several choices, counted round.
 * @returns An input of the right shape: ids are ids of nothing, numbers one.
 */
export function filled({ def }: { def: Def }, text: string, pick = 0): unknown {
  switch (def.type) {
    case "string":
      return { uuid: randomUUID(), guid: randomUUID(), datetime: "2026-11-25T12:00:00.000Z" }[def.format ?? ""] ?? text;
    case "number":
      return 1;
    case "boolean":
      return false;
    case "enum":
      return ofChoices(Object.values(def.entries ?? {}), pick);
    case "literal":
      return def.values?.[0];
    case "array":
      return def.element ? [filled(def.element, text, pick)] : [];
    case "object":
      return Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, one]) => [name, filled(one, text, pick)]));
    case "union":
      return filled(ofChoices(def.options ?? [], pick) ?? { def: { type: "null" } }, text, pick);
    case "record":
      return {};
    case "null":
      return null;
    default: {
      const inner = def.innerType ?? def.in ?? def.getter?.();
      return inner ? filled(inner, text, pick) : text;
    }
  }
}

const ofChoices = <T>(choices: readonly T[], pick: number): T | undefined => choices[pick % choices.length];
