// @vitest-environment jsdom
import { toBase64url } from "@tessera/domain/qr/base64url";
import { STEP_SECONDS, stepAt } from "@tessera/domain/qr/step";
import { NOON, signingTenant } from "@tessera/domain/qr/testing";
import { parseCode } from "@tessera/domain/qr/token";
import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, it } from "vitest";
import { useStepText } from "./use-step-text.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

async function shown() {
  const tenant = await signingTenant();
  const { text: base, stepSecret } = await tenant.mint("rotating", await tenant.makeKey(1));
  const secret = toBase64url(stepSecret ?? new Uint8Array());
  let text: string | null = null;
  const Shown = ({ now }: { now: Date }) => {
    text = useStepText(base, secret, now);
    return null;
  };
  const root = createRoot(document.createElement("div"));
  return {
    base,
    at: (now: Date) => act(async () => root.render(<Shown now={now} />)),
    text: () => text ?? "",
    close: () => act(async () => root.unmount()),
  };
}

it("makes a rotating code's text anew every half minute, and keeps it in between", async () => {
  const code = await shown();
  await code.at(NOON);
  await expect.poll(code.text).toHaveLength(172);
  const first = code.text();
  expect(parseCode(first)).toMatchObject({ kind: "rotating", step: stepAt(NOON) });

  await code.at(new Date(NOON.getTime() + (STEP_SECONDS - 1) * 1_000));
  expect(code.text()).toBe(first);

  const later = new Date(NOON.getTime() + STEP_SECONDS * 1_000);
  await code.at(later);
  await expect.poll(() => parseCode(code.text())).toMatchObject({ kind: "rotating", step: stepAt(later) });
  await code.close();
});
