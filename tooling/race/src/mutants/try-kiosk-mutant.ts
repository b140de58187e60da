import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import type { RedemptionOutcome, Scan, ScanId } from "@tessera/contracts";
import * as failed from "@tessera/domain/failed";
import * as sdk from "@tessera/sdk";
import { createTessera, type RetryOptions } from "@tessera/sdk/node";
import ts from "typescript";
import { type Violation, violationsOf } from "../checkers/violation.ts";
import { withChange } from "../failpoints/one-change.ts";
import type { Mutant } from "./mutant.ts";
import { type MutantResult, resultOf } from "./mutant-result.ts";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const violation = violationsOf("kiosk");

type Redeem = (scan: Scan) => Promise<RedemptionOutcome>;
interface KioskModule {
  sendScan(redeem: Redeem, scan: Scan, options: RetryOptions): Promise<{ kind: string; outcome?: RedemptionOutcome }>;
}

/** Plants a bug into the kiosk's sending of a scan, and lets the network swallow what it sends. */
export async function tryKioskMutant(mutant: Mutant): Promise<MutantResult> {
  const { planted, id } = mutant;
  if (planted.layer !== "kiosk") throw new Error(`mutant ${id} is not of the kiosk`);
  const text = readFileSync(`${ROOT}${planted.file}`, "utf8");
  const product = evaluated(text);
  const changed = evaluated(withChange(text, planted, planted.file));
  return resultOf(mutant, {
    product: await intoTheBlackHole(product),
    calm: await answered(changed),
    faulted: await intoTheBlackHole(changed),
  });
}

/** The module as it runs, with its imports from our own packages; it has no others at run time. */
function evaluated(text: string): KioskModule {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  const made = {};
  const imports: Record<string, unknown> = { "@tessera/sdk": sdk, "@tessera/domain/failed": failed };
  new Function("exports", "require", outputText)(made, (name: string) => {
    if (!(name in imports)) throw new Error(`the kiosk's module now imports ${name}: give it to the mutant's trial`);
    return imports[name];
  });
  return made as KioskModule;
}

const scan = (): Scan => ({ scanId: randomUUID() as ScanId, text: "T1O", source: "camera" });
const AT_ONCE: RetryOptions = { tries: 2, pause: async () => {} };

/** F17 as a kiosk meets it: the line is open, and nothing ever comes back. */
async function intoTheBlackHole({ sendScan }: KioskModule): Promise<Violation[]> {
  const silent = createServer(() => {});
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, "127.0.0.1", () => resolve((silent.address() as { port: number }).port));
  });
  const desk = createTessera({ url: `http://127.0.0.1:${port}`, token: "a desk's" });
  try {
    const sent = await sendScan(
      (given) => desk.api.qr.redeem.mutate(given, { signal: AbortSignal.timeout(150) }),
      scan(),
      AT_ONCE,
    );
    if (sent.outcome?.kind !== "refused") return [];
    const { reason } = sent.outcome.refusal;
    return [
      violation("I14", `A scan that nobody has answered is shown as refused: ${reason}. The code may well be good.`),
    ];
  } finally {
    await desk.close();
    silent.close();
  }
}

async function answered({ sendScan }: KioskModule): Promise<Violation[]> {
  const given = scan();
  const refusal = { reason: "not_found" } as const;
  const outcome: RedemptionOutcome = { kind: "refused", scanId: given.scanId, replayed: false, refusal };
  const sent = await sendScan(async () => outcome, given, AT_ONCE);
  if (sent.kind === "answered" && sent.outcome === outcome) return [];
  return [violation("I14", `An answer did not reach the screen: it was taken for “${sent.kind}”.`)];
}
