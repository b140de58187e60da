import { type FlagKey, flagKeys } from "@tessera/contracts";
import { useFormContext } from "react-hook-form";
import { CheckBox } from "../../controls/check-box.tsx";
import { Group } from "../../controls/group.tsx";
import type { TargetingForm } from "./form.ts";
import { words } from "./words.ts";

/** Which other flags must be on. A circle of them is refused when it is saved. */
export function NeedsField({ flagKey }: { flagKey: FlagKey }) {
  const { watch, setValue } = useFormContext<TargetingForm>();
  const needed = watch("prerequisites");
  const others = flagKeys.filter((key) => key !== flagKey);
  const choose = (key: FlagKey, isNeeded: boolean) => {
    const next = flagKeys.filter((one) => (one === key ? isNeeded : needed.includes(one)));
    setValue("prerequisites", next, { shouldDirty: true });
  };

  return (
    <Group legend={words.needs} hint={words.needsHint}>
      {others.map((key) => (
        <CheckBox
          key={key}
          label={key}
          checked={needed.includes(key)}
          onChange={({ target }) => choose(key, target.checked)}
        />
      ))}
    </Group>
  );
}
