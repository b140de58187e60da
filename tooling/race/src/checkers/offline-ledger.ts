import type { ScanRecord } from "../history/records.ts";
import type { OfflineScan, Run } from "../history/run.ts";
import { type Violation, violationsOf } from "./violation.ts";

const violation = violationsOf("offline ledger");

/**
 * Every scan that a desk decided without a line ends with one verdict, which is the one in the books; a double hand-out is a
 * conflict and never a second redemption; a code that the desk had leased never conflicts.
 */
export function checkOfflineLedger({ devices, records }: Pick<Run, "devices" | "records">): Violation[] {
  const scans = new Map(records.scans.map((one) => [one.scan, one]));
  const conflicts = new Set(records.conflicts.map(({ scan }) => scan));
  const redeemed = new Map(records.redemptions.map(({ scan, id }) => [scan, id]));
  const leased = new Set(devices.flatMap((one) => one.scans.filter((scan) => scan.leased)).map(({ scan }) => scan));

  return [
    ...devices.flatMap(({ device, scans: own }) =>
      own.flatMap((one) => wrongVerdict(device, one, scans.get(one.scan))),
    ),
    ...records.scans
      .filter(
        ({ offline, outcome, code, reason }) => offline && outcome === "refused" && code && reason !== "withdrawn",
      )
      .filter(({ scan }) => !conflicts.has(scan))
      .map(({ scan, code }) =>
        violation("I11", `Offline scan ${scan} of code ${code} was refused without a conflict.`),
      ),
    ...records.conflicts.flatMap(({ scan, code }) => {
      const found: Violation[] = [];
      const redemption = redeemed.get(scan);
      if (redemption) {
        found.push(
          violation("I11", `Scan ${scan} is a conflict over code ${code} and redemption ${redemption} as well.`),
        );
      } else if (scans.get(scan)?.outcome !== "refused") {
        found.push(violation("I11", `Scan ${scan} is a conflict over code ${code}, and was not refused.`));
      }
      if (leased.has(scan)) found.push(violation("I11", `Scan ${scan} had the lease of code ${code}, and conflicts.`));
      return found;
    }),
  ];
}

function wrongVerdict(
  device: string,
  { seq, scan, verdict }: OfflineScan,
  record: ScanRecord | undefined,
): Violation[] {
  const which = `Scan ${scan}, number ${seq} of desk ${device},`;
  if (!verdict) return [violation("I11", `${which} never got a verdict.`)];
  const told = verdict.type === "ok" ? "redeemed" : `refused: ${verdict.reason}`;
  const kept = !record ? "nothing" : record.outcome === "refused" ? `refused: ${record.reason}` : record.outcome;
  return told === kept ? [] : [violation("I11", `${which} was told "${told}", and the books say "${kept}".`)];
}
