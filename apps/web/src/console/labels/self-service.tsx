import { trpc } from "@tessera/sdk/react";
import { useState } from "react";
import { failureWords } from "../../common/failure-words.ts";
import { Alert } from "../../sign-in/alert.tsx";
import { CheckBox } from "../controls/check-box.tsx";
import { selfServiceWords as words } from "./words.ts";

/** For who runs the tenant: whether members serve themselves by labels. */
export function SelfServiceSwitch() {
  const utils = trpc.useUtils();
  const settings = trpc.tenant.settings.useQuery();
  const allow = trpc.tenant.allowSelfService.useMutation();
  const [problem, setProblem] = useState<string | null>(null);

  const choose = async (isAllowed: boolean) => {
    const failed = await allow.mutateAsync({ isAllowed }).then(
      () => null,
      (error) => failureWords(error),
    );
    setProblem(failed);
    await utils.tenant.settings.invalidate();
  };

  return (
    <div>
      <CheckBox
        label={words.label}
        hint={words.hint}
        checked={settings.data?.selfService ?? false}
        disabled={!settings.data || allow.isPending}
        onChange={({ target }) => void choose(target.checked)}
      />
      <Alert text={problem} />
    </div>
  );
}
