import type { Refusal } from "@tessera/contracts";
import { Button, buttonClass, OutcomeCard, outcomeOfRefusal } from "@tessera/ui";
import { Link } from "react-router";
import { useSpeech } from "../../common/use-speech.ts";
import { words } from "./words.ts";

interface RefusedCodeProps {
  refusal: Refusal;
  onRetry: () => void;
  isAsking: boolean;
}

/** Why there is no code, and what to do instead. */
export function RefusedCode({ refusal, onRetry, isAsking }: RefusedCodeProps) {
  const instead =
    refusal.reason === "not_checked_out" ? { to: "/loans", label: words.loans } : { to: "/find", label: words.find };

  return (
    <div className="grid gap-5">
      <OutcomeCard size="phone" outcome={outcomeOfRefusal(refusal, useSpeech())} />
      <div className="grid gap-3 sm:grid-cols-2">
        <Link to={instead.to} className={buttonClass("primary", "large")}>
          {instead.label}
        </Link>
        <Button size="large" busy={isAsking} onClick={onRetry}>
          {words.again}
        </Button>
      </div>
    </div>
  );
}
