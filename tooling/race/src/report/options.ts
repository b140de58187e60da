import { parseArgs } from "node:util";

/** What was asked of a proof. */
export interface ProofOptions {
  form: "short" | "long";
  /** One programme of faults each. */
  seeds: readonly number[];
  /** How long each programme brings faults about. */
  seconds: number;
  /** Where the report goes. */
  out: string;
  /** Only the steps with these ids; null: all. */
  only: readonly string[] | null;
}

/** An option that makes no sense, in words for whoever typed it. */
export class OptionProblem extends Error {}

const FORMS = {
  short: { seeds: 3, seconds: 12 },
  long: { seeds: 20, seconds: 40 },
} as const;

/**
 * @param argv The arguments after the program's name.
 * @param folder Where the report goes when nothing is said.
 * @throws OptionProblem
 */
export function readOptions(argv: readonly string[], folder: string): ProofOptions {
  const given = parsed(argv);
  const form = given.long ? "long" : "short";
  const count = wholeNumber("--seeds", given.seeds ?? String(FORMS[form].seeds), 1);
  const first = wholeNumber("--from", given.from ?? "1", 0);
  return {
    form,
    seeds: Array.from({ length: count }, (_, index) => first + index),
    seconds: wholeNumber("--seconds", given.seconds ?? String(FORMS[form].seconds), 1),
    out: given.out ?? folder,
    only: given.only?.split(",") ?? null,
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { long: { type: "boolean" }, seeds: text, from: text, seconds: text, out: text, only: text } as const;
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split(".")[0] : String(cause);
    const known = "--long, --seeds COUNT, --from SEED, --seconds EACH, --out FOLDER, --only STEP,STEP";
    throw new OptionProblem(`${why}. The options are ${known}.`);
  }
}

function wholeNumber(name: string, given: string, least: number): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= least) return number;
  throw new OptionProblem(`${name} must be a whole number of at least ${least}, not ${given}.`);
}
