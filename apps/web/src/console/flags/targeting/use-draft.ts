import { type FlagSetting, type FlagSettings, flagRefusals } from "@tessera/contracts/flags";
import { trpc } from "@tessera/sdk/react";
import { useEffect, useState } from "react";
import { type UseFormReturn, useForm } from "react-hook-form";
import { type FailedCall, failureWords } from "../../../common/failure-words.ts";
import { callProblem } from "./call-size.ts";
import { changesIn, formOf, rebased, type TargetingForm } from "./form.ts";
import { words } from "./words.ts";

/** Settings as they are being changed, and what they are changed from. */
export interface Draft {
  form: UseFormReturn<TargetingForm>;
  base: FlagSetting;
  changes: Partial<FlagSettings>;
  isTouched: boolean;
  /** Somebody else saved other settings meanwhile, and something was typed here. */
  movedOn: boolean;
  isSaved: boolean;
  save: (typed: TargetingForm) => Promise<void>;
  /** Goes on from the settings as they are now, with what was typed, or without. */
  lookAgain: (keepsMine: boolean) => void;
}

const mine = (typed: TargetingForm) => JSON.stringify(typed);

/** @param now The flag as it is known to be set. */
export function useDraft(now: FlagSetting): Draft {
  const utils = trpc.useUtils();
  const { mutateAsync } = trpc.flag.save.useMutation();
  const [base, setBase] = useState(now);
  const [saved, setSaved] = useState<string | null>(null);
  const form = useForm<TargetingForm>({ defaultValues: formOf(now) });
  const typed = form.watch();
  const changes = changesIn(typed, base);
  const isTouched = Object.keys(changes).length > 0;
  const isNewer = now.revision > base.revision;
  const isOtherwise = mine(formOf(now)) !== mine(formOf(base));

  const goOn = (next: FlagSetting, values: TargetingForm) => {
    setBase(next);
    form.reset(values);
  };
  const lookAgain = (keepsMine: boolean) =>
    goOn(
      now,
      keepsMine ? rebased(form.getValues(), base, now) : { ...formOf(now), because: form.getValues("because") },
    );

  // Where nothing is at stake the new settings are simply shown: a ramp that goes on must not ask an onlooker.
  const isQuiet = isNewer && (!isTouched || !isOtherwise);
  useEffect(() => {
    if (isQuiet) lookAgain(true);
  }, [isQuiet, now.revision]);

  async function save(wanted: TargetingForm): Promise<void> {
    const problem = isTouched ? callProblem(base.key, changes) : words.nothing;
    if (problem) return form.setError("root", { message: problem });
    const call = { key: base.key, revision: base.revision, set: changes, because: wanted.because.trim() };
    const change = await mutateAsync(call).catch((error: FailedCall | Error) => failureWords(error));
    if (typeof change === "string") return form.setError("root", { message: change });
    if (change.kind === "refused") form.setError("root", { message: flagRefusals[change.reason] });
    if (change.kind === "changed") {
      goOn(change.setting, formOf(change.setting));
      setSaved(mine(formOf(change.setting)));
    }
    await utils.flag.invalidate();
  }

  const isSaved = saved === mine(typed) && !isTouched;
  return { form, base, changes, isTouched, movedOn: isNewer && !isQuiet, isSaved, save, lookAgain };
}
