import { ScannerView, useScanner } from "@tessera/ui/scanner";
import { useNavigate } from "react-router";
import { Page } from "../../app/page.tsx";
import { labelIn } from "./label-in.ts";
import { OtherWays } from "./other-ways.tsx";
import { words } from "./words.ts";

/** The camera looks for a thing's label; where there is none to be had, letters and pictures do. */
export function ScanScreen() {
  const go = useNavigate();
  const open = (text: string) => void go(`/l/${labelIn(text)}`);
  const accepts = (text: string) => labelIn(text) !== null;
  const scanner = useScanner({ onRead: open, accepts, facing: "environment", enabled: true });

  return (
    <Page title={words.title} width="narrow">
      <p className="mb-4 text-ink-soft">{words.lead}</p>
      <ScannerView scanner={scanner} facing="environment" label={words.camera} />
      <OtherWays onLabel={open} />
    </Page>
  );
}
