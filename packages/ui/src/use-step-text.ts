import type { CodeText } from "@tessera/contracts";
import { fromBase64url } from "@tessera/domain/qr/base64url";
import { rotatingText, stepKeyOf } from "@tessera/domain/qr/rotating-code";
import { stepAt } from "@tessera/domain/qr/step";
import { useEffect, useState } from "react";

/**
 * The text to draw right now. That of a rotating code is made anew every half minute, with or without a network; every
 * other code stays what it is.
 *
 * @param base As it was issued.
 * @param stepSecret As it was issued; null for a code that does not rotate.
 * @param now The server's time, as far as this device can tell.
 * @returns The text; null for the moment before the first one is made.
 */
export function useStepText(base: CodeText, stepSecret: string | null, now: Date): CodeText | null {
  const step = stepSecret ? stepAt(now) : null;
  const [made, setMade] = useState<{ base: CodeText; text: CodeText } | null>(null);

  useEffect(() => {
    if (stepSecret === null || step === null) return;
    let isStale = false;
    void stepKeyOf(fromBase64url(stepSecret))
      .then((key) => rotatingText(base, key, step))
      .then((text) => {
        if (!isStale) setMade({ base, text });
      });
    return () => {
      isStale = true;
    };
  }, [base, stepSecret, step]);

  if (stepSecret === null) return base;
  return made?.base === base ? made.text : null;
}
